#![allow(dead_code)]
// Names and values of Rust: closures, traits, generics, slices, enums.
use std::collections::BTreeMap;
use std::process::abort;

#[derive(Debug, Clone)]
enum Food {
    Nothing,
    Seeds(u32, char),
    Meat { grams: f64, from: Option<String> },
}

trait Animal {
    fn feed(&self, food: &Food, names: &[&str]) -> usize;
}

struct Parrot<'a, T> {
    words: Vec<T>,
    owner: &'a str,
}

impl<'a, T: Clone> Animal for Parrot<'a, T> {
    #[inline(never)]
    fn feed(&self, food: &Food, names: &[&str]) -> usize {
        let count = |extra: usize| -> usize {
            if let Food::Meat { grams, .. } = food {
                if *grams > 1.0 && extra == 3 {
                    abort();
                }
            }
            self.words.len() + self.owner.len() + extra
        };
        count(names.len())
    }
}

#[inline(never)]
fn visit<F>(animals: &[Box<dyn Animal>], then: F) -> usize
where
    F: Fn(&dyn Animal) -> usize,
{
    animals.iter().map(|animal| then(animal.as_ref())).sum()
}

#[inline(never)]
fn open(rows: (i32, bool), prices: &BTreeMap<String, Food>) -> usize {
    let parrot = Parrot { words: vec![1u8, 2], owner: "Jo \"x\" (y)" };
    let animals: Vec<Box<dyn Animal>> = vec![Box::new(parrot)];
    let food = prices.get("meat").cloned().unwrap_or(Food::Nothing);
    visit(&animals, |animal| animal.feed(&food, &["a", "b", "c"]) + rows.0 as usize)
}

fn main() {
    let mut prices = BTreeMap::new();
    prices.insert("seeds".to_string(), Food::Seeds(5, 'é'));
    prices.insert("meat".to_string(), Food::Meat { grams: 2.5, from: Some("town".to_string()) });
    println!("{}", open((1, true), &prices));
}
