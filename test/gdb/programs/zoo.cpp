// Names that a reader trips over: ABI tags, operators of every shape, lambdas in templates, local classes, packs.
#include <cstdlib>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace zoo {
inline namespace v2 {

struct Keeper {
    int keys;
    int Keeper::*pocket = &Keeper::keys;
};

template <char Mark, bool Loud, typename... Sounds>
struct Cage {
    std::pair<int, int> place;
    explicit Cage(int row) : place(row, Mark) { enter(Loud); }
    ~Cage();
    void enter(bool loud) const;
    int operator[](const std::string &name) const { return (*this)(name, Loud ? 1 : 2); }
    int operator()(const std::string &name, int times) const;
    int operator->*(int Keeper::*pocket) const;
    int operator,(const Keeper &keeper) const { return *this->*keeper.pocket; }
    operator std::vector<std::pair<int, int>>() const;
    explicit operator bool() const { return static_cast<std::vector<std::pair<int, int>>>(*this).empty(); }
    bool operator!() const { return !static_cast<bool>(*this); }
    bool operator>=(const Cage &other) const { return !other; }
};

[[gnu::abi_tag("old", "cxx99")]] int tagged(const char *why, unsigned char code)
{
    if (code > ' ')
        std::abort();
    return why == nullptr;
}

template <typename Function, typename... Arguments>
decltype(auto) apply(Function &&function, Arguments &&...arguments)
{
    return std::forward<Function>(function)(std::forward<Arguments>(arguments)...);
}

template <char Mark, bool Loud, typename... Sounds>
int Cage<Mark, Loud, Sounds...>::operator()(const std::string &name, int times) const
{
    struct Local {
        static int count(const char *text, int by) { return tagged(text, static_cast<unsigned char>('!' + by)); }
    };
    int (*plain)(const char *, int) = [](const char *text, int by) { return Local::count(text, by); };
    return apply([plain, times](auto &&text) { return plain(text, times); }, name.c_str());
}

template <char Mark, bool Loud, typename... Sounds>
int Cage<Mark, Loud, Sounds...>::operator->*(int Keeper::*pocket) const
{
    return (*this)["a (b), \"c\""] + Keeper{place.first}.*pocket;
}

template <char Mark, bool Loud, typename... Sounds>
Cage<Mark, Loud, Sounds...>::operator std::vector<std::pair<int, int>>() const
{
    Keeper keeper{3};
    return std::vector<std::pair<int, int>>(static_cast<unsigned>((*this, keeper)), place);
}

template <char Mark, bool Loud, typename... Sounds>
void Cage<Mark, Loud, Sounds...>::enter(bool loud) const
{
    if (loud && *this >= *this)
        std::exit(2);
}

template <char Mark, bool Loud, typename... Sounds>
Cage<Mark, Loud, Sounds...>::~Cage()
{
    place.first = 0;
}

struct Visitor {
    virtual ~Visitor() = default;
    virtual int visit(std::function<int(int, std::pair<int, int>)> guide) const = 0;
};

struct Named {
    virtual ~Named() = default;
    virtual int visit(std::function<int(int, std::pair<int, int>)> guide) const = 0;
};

struct Guest final : Visitor, Named {
    int visit(std::function<int(int, std::pair<int, int>)> guide) const override { return guide(7, {1, 2}); }
};

}  // namespace v2

unsigned long long operator""_rows(unsigned long long row)
{
    const Named &named = Guest();
    return static_cast<unsigned long long>(named.visit([row](int, std::pair<int, int>) {
        Cage<')', true, void (*)(int), char[3]> cage(static_cast<int>(row));
        return cage.place.first;
    }));
}

}  // namespace zoo

int main()
{
    using zoo::operator""_rows;
    return static_cast<int>(12_rows);
}
