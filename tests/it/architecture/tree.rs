//! The modules of the whole crate, and where a path written in one of them
//! leads: through imports, aliases, globs and re-exports to the definition.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::source::{Kind, Mention, Module, Source, Written};

/// All files below `src`, by path.
#[derive(Clone, Default)]
pub(super) struct Tree {
    pub(super) sources: BTreeMap<String, Rc<Source>>,
    modules: BTreeMap<Module, Place>,
}

/// Where a module is written.
#[derive(Clone)]
struct Place {
    file: String,
    test: bool,
    declared: bool,
}

/// What a written path leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// A module of the crate, passed through or holding the definition.
    Module(Module),
    /// Something in another crate, by its full path.
    Foreign(Written),
}

/// Everything a path passes, the definition last.
#[derive(Default)]
pub(super) struct Route {
    pub(super) passed: BTreeSet<Target>,
    pub(super) ends: BTreeSet<Target>,
}

const PRIMITIVE: [&str; 17] = [
    "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64",
    "i128", "isize", "f32", "f64",
];

impl Tree {
    pub(super) fn new(sources: BTreeMap<String, Rc<Source>>) -> Self {
        let mut tree = Self {
            sources,
            modules: BTreeMap::new(),
        };
        for (path, source) in &tree.sources {
            for module in source.scopes.keys() {
                tree.modules.insert(
                    module.clone(),
                    Place {
                        file: path.clone(),
                        test: false,
                        declared: module != &source.module
                            || module.is_empty()
                            || path == "src/main.rs",
                    },
                );
            }
        }
        tree.mark_tests();
        tree
    }

    /// Finds out which modules are declared, and which only for tests. Parents
    /// come before their children in the order of the map.
    fn mark_tests(&mut self) {
        let mut declarations: BTreeMap<Module, bool> = BTreeMap::new();
        for source in self.sources.values() {
            for declaration in &source.declared {
                declarations.insert(declaration.module.clone(), declaration.test);
            }
        }
        let all: Vec<Module> = self.modules.keys().cloned().collect();
        for module in all {
            let parent = module.split_last().map(|(_, parent)| parent.to_vec());
            let parent_test = parent
                .and_then(|parent| self.modules.get(&parent))
                .is_some_and(|place| place.test);
            let place = self.modules.get_mut(&module).unwrap();
            let declaration = declarations.get(&module);
            place.declared |= declaration.is_some();
            place.test = parent_test || declaration.copied().unwrap_or(false);
        }
    }

    /// Whether a whole file is test code.
    pub(super) fn is_test(&self, source: &Source) -> bool {
        self.modules
            .get(&source.module)
            .is_some_and(|place| place.test)
    }

    pub(super) fn is_declared(&self, source: &Source) -> bool {
        self.modules
            .get(&source.module)
            .is_some_and(|place| place.declared)
    }

    pub(super) fn file_of(&self, module: &Module) -> Option<&str> {
        self.modules.get(module).map(|place| place.file.as_str())
    }

    fn scope(&self, module: &Module) -> Option<&super::source::Scope> {
        let place = self.modules.get(module)?;
        self.sources.get(&place.file)?.scopes.get(module)
    }

    pub(super) fn route(&self, mention: &Mention) -> Route {
        let mut walk = Walk {
            tree: self,
            route: Route::default(),
            seen: BTreeSet::new(),
        };
        walk.resolve(&mention.module, &mention.written, mention.kind);
        walk.route
    }
}

struct Walk<'t> {
    tree: &'t Tree,
    route: Route,
    /// The paths on the way, so that an import that names itself ends.
    seen: BTreeSet<(Module, Written)>,
}

impl Walk<'_> {
    fn end(&mut self, target: Target) {
        self.route.passed.insert(target.clone());
        self.route.ends.insert(target);
    }

    fn foreign(&mut self, written: &[String]) {
        let mut full = written.to_vec();
        if let Some(first) = full.first_mut()
            && matches!(first.as_str(), "core" | "alloc")
        {
            "std".clone_into(first);
        }
        self.end(Target::Foreign(full));
    }

    fn resolve(&mut self, module: &Module, written: &[String], kind: Kind) {
        let again = !self.seen.insert((module.clone(), written.to_vec()));
        let Some((first, rest)) = written.split_first() else {
            return;
        };
        match first.as_str() {
            "" if rest.first().is_some_and(|name| name == "desk") => {
                self.descend(&Vec::new(), &rest[1..]);
            }
            "" => self.foreign(rest),
            "crate" => self.descend(&Vec::new(), rest),
            "desk" if module.first().is_some_and(|root| root == "main") => {
                self.descend(&Vec::new(), rest);
            }
            "self" => self.descend(module, rest),
            "super" => {
                let mut parent = module.clone();
                parent.pop();
                if rest.is_empty() {
                    self.end(Target::Module(parent));
                } else {
                    let mut rest = rest;
                    while let Some((next, further)) = rest.split_first()
                        && next == "super"
                    {
                        parent.pop();
                        rest = further;
                    }
                    self.descend(&parent, rest);
                }
            }
            name if !again && self.knows(module, name, written) => self.descend(module, written),
            name => {
                let lower = name.starts_with(|c: char| c.is_ascii_lowercase());
                let several = written.len() > 1 || matches!(kind, Kind::Import | Kind::Reexport);
                if kind == Kind::Macro && written.len() == 1 {
                    self.foreign(&["std".to_owned(), name.to_owned()]);
                } else if lower && several && !PRIMITIVE.contains(&name) {
                    self.foreign(written);
                }
            }
        }
    }

    /// Whether a name means something in a module, other than by this import
    /// itself.
    fn knows(&self, module: &Module, name: &str, written: &[String]) -> bool {
        if self.child(module, name).is_some() {
            return true;
        }
        let Some(scope) = self.tree.scope(module) else {
            return false;
        };
        scope.items.contains(name)
            || scope
                .imports
                .get(name)
                .is_some_and(|paths| paths.iter().any(|path| path != written))
            || self.by_glob(module, name).is_some()
    }

    fn child(&self, module: &Module, name: &str) -> Option<Module> {
        let mut child = module.clone();
        child.push(name.to_owned());
        self.tree.modules.contains_key(&child).then_some(child)
    }

    /// The module that a glob import brings this name from.
    fn by_glob(&self, module: &Module, name: &str) -> Option<Module> {
        let scope = self.tree.scope(module)?;
        scope.globs.iter().find_map(|glob| {
            let mut walk = Walk {
                tree: self.tree,
                route: Route::default(),
                seen: self.seen.clone(),
            };
            if walk.seen.contains(&(module.clone(), glob.clone())) {
                return None;
            }
            walk.resolve(module, glob, Kind::Import);
            let ends = walk.route.ends.clone();
            ends.into_iter().find_map(|target| match target {
                Target::Module(target) if &target != module && walk.knows(&target, name, &[]) => {
                    Some(target)
                }
                Target::Module(_) | Target::Foreign(_) => None,
            })
        })
    }

    /// Goes down from a module, name by name.
    fn descend(&mut self, module: &Module, rest: &[String]) {
        self.route.passed.insert(Target::Module(module.clone()));
        let Some((name, further)) = rest.split_first() else {
            self.end(Target::Module(module.clone()));
            return;
        };
        if let Some(child) = self.child(module, name) {
            self.descend(&child, further);
            return;
        }
        let imports = self.tree.scope(module).and_then(|scope| {
            if scope.items.contains(name) {
                None
            } else {
                scope.imports.get(name).cloned()
            }
        });
        if let Some(paths) = imports {
            for mut path in paths {
                path.extend(further.iter().cloned());
                if self.seen.contains(&(module.clone(), path.clone())) {
                    self.foreign(&path);
                } else {
                    self.resolve(module, &path, Kind::Import);
                }
            }
            return;
        }
        let has = self
            .tree
            .scope(module)
            .is_some_and(|scope| scope.items.contains(name));
        if !has && let Some(from) = self.by_glob(module, name) {
            if self.seen.insert((from.clone(), rest.to_vec())) {
                self.descend(&from, rest);
            }
            return;
        }
        self.end(Target::Module(module.clone()));
    }
}
