/** What makes a shell ask `backtriage --complete WORD…` for the words that may stand in place of the last one. */
const scripts = {
  bash: `# Put this into ~/.bashrc:  source <(backtriage completion bash)
_backtriage() {
  local IFS=$'\\n'
  COMPREPLY=($(backtriage --complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o bashdefault -o default -F _backtriage backtriage
`,
  zsh: `#compdef backtriage
# Put this into ~/.zshrc, after compinit:  source <(backtriage completion zsh)
_backtriage() {
  local -a found
  found=("\${(@f)$(backtriage --complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then compadd -- "\${found[@]}"; else _files; fi
}
if [[ "\${funcstack[1]}" == "_backtriage" ]]; then _backtriage "$@"; else compdef _backtriage backtriage; fi
`,
  fish: `# Put this into ~/.config/fish/completions/backtriage.fish
complete -c backtriage -a '(backtriage --complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
} as const;

export type Shell = keyof typeof scripts;

export const shells: readonly Shell[] = ["bash", "zsh", "fish"];

/** The shell of that name, or undefined. */
export function shellNamed(name: string): Shell | undefined {
  return shells.find((shell) => shell === name);
}

/** The script that a shell reads to complete our command lines. */
export function completionScript(shell: Shell): string {
  return scripts[shell];
}
