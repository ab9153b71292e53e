//! The declarations and mentions of one source file: modules, names in scope,
//! paths, and constructs that would hide code from these tests.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Item, Meta, UseTree, Visibility};

/// A module path below the crate root: `domain::ticket` is `["domain", "ticket"]`.
pub(super) type Module = Vec<String>;

/// A path as it is written, segment by segment. A leading `::` is an empty
/// segment.
pub(super) type Written = Vec<String>;

/// A source file, reduced to what the rules look at.
pub(super) struct Source {
    pub(super) module: Module,
    /// Modules in files of their own: `mod x;`.
    pub(super) declared: Vec<Declaration>,
    /// The names in scope, module by module (inline modules included).
    pub(super) scopes: BTreeMap<Module, Scope>,
    pub(super) mentions: Vec<Mention>,
    pub(super) functions: Vec<Function>,
    /// Constructs that would hide code from these tests, by line.
    pub(super) hidden: Vec<(usize, String)>,
    /// The lines that are not test code.
    pub(super) shipped_lines: usize,
}

pub(super) struct Declaration {
    pub(super) module: Module,
    pub(super) test: bool,
}

#[derive(Default)]
pub(super) struct Scope {
    pub(super) items: BTreeSet<String>,
    /// Imported names. One name may stand for several paths, since functions
    /// have imports of their own.
    pub(super) imports: BTreeMap<String, Vec<Written>>,
    pub(super) globs: Vec<Written>,
}

pub(super) struct Mention {
    pub(super) module: Module,
    pub(super) written: Written,
    pub(super) line: usize,
    pub(super) test: bool,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Import,
    /// `pub use`, with any visibility.
    Reexport,
    Path,
    /// A macro that is called; without a path it may be one of the prelude.
    Macro,
    /// A string that holds a statement for a database.
    Statement,
}

pub(super) struct Function {
    pub(super) name: String,
    pub(super) line: usize,
    /// Lines of code in its body: neither blank nor comment.
    pub(super) lines: usize,
    /// It has `#[expect(clippy::too_many_lines, reason = "…")]`.
    pub(super) long_for_a_reason: bool,
    pub(super) test: bool,
}

/// The module that a file holds: `src/domain/sla/mod.rs` is `domain::sla`.
pub(super) fn module_of(path: &str) -> Module {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    let inner = inner.strip_suffix(".rs").unwrap_or(inner);
    let mut module: Module = inner.split('/').map(str::to_owned).collect();
    match module.last().map(String::as_str) {
        Some("mod") => {
            module.pop();
        }
        Some("lib") if module.len() == 1 => {
            module.pop();
        }
        _ => {}
    }
    module
}

/// Reads a file. It must be Rust.
pub(super) fn read(path: &str, text: &str) -> Result<Source, String> {
    let file = syn::parse_file(text).map_err(|fault| format!("{path}: {fault}"))?;
    let module = module_of(path);
    let mut reader = SourceReader {
        text: text.lines().collect(),
        module: module.clone(),
        test: false,
        test_lines: BTreeSet::new(),
        source: Source {
            module: module.clone(),
            declared: Vec::new(),
            scopes: BTreeMap::from([(module, Scope::default())]),
            mentions: Vec::new(),
            functions: Vec::new(),
            hidden: Vec::new(),
            shipped_lines: 0,
        },
    };
    reader.visit_file(&file);
    let all = reader.text.len();
    reader.source.shipped_lines = all - reader.test_lines.len();
    Ok(reader.source)
}

struct SourceReader<'t> {
    text: Vec<&'t str>,
    module: Module,
    test: bool,
    test_lines: BTreeSet<usize>,
    source: Source,
}

fn segment(ident: &proc_macro2::Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").unwrap_or(&name).to_owned()
}

/// Whether a condition holds in tests only: `test`, `all(test, …)`.
fn only_in_tests(condition: &Meta) -> bool {
    let inner = |list: &syn::MetaList| {
        list.parse_args_with(syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated)
            .map(|all| all.into_iter().collect::<Vec<_>>())
            .unwrap_or_default()
    };
    match condition {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("all") => inner(list).iter().any(only_in_tests),
        Meta::List(list) if list.path.is_ident("any") => {
            let all = inner(list);
            !all.is_empty() && all.iter().all(only_in_tests)
        }
        Meta::List(_) | Meta::NameValue(_) => false,
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute
                    .parse_args::<Meta>()
                    .is_ok_and(|condition| only_in_tests(&condition))
    })
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the parser may learn more kinds of items"
)]
fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::ExternCrate(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::ForeignMod(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::TraitAlias(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Union(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the parser may learn more kinds of items"
)]
fn item_name(item: &Item) -> Option<String> {
    Some(segment(match item {
        Item::Const(it) => &it.ident,
        Item::Enum(it) => &it.ident,
        Item::Fn(it) => &it.sig.ident,
        Item::Macro(it) => it.ident.as_ref()?,
        Item::Static(it) => &it.ident,
        Item::Struct(it) => &it.ident,
        Item::Trait(it) => &it.ident,
        Item::TraitAlias(it) => &it.ident,
        Item::Type(it) => &it.ident,
        Item::Union(it) => &it.ident,
        _ => return None,
    }))
}

/// Whether a text is a statement for a database.
fn is_statement(text: &str) -> bool {
    let starts = [
        "SELECT ",
        "INSERT ",
        "UPDATE ",
        "DELETE FROM ",
        "CREATE TABLE ",
        "CREATE INDEX ",
        "DROP TABLE ",
        "ALTER TABLE ",
        "PRAGMA ",
        "BEGIN IMMEDIATE",
    ];
    let text = text.trim_start();
    starts.iter().any(|start| text.starts_with(start))
}

impl SourceReader<'_> {
    fn scope(&mut self) -> &mut Scope {
        self.source.scopes.entry(self.module.clone()).or_default()
    }

    fn mention(&mut self, written: Written, line: usize, kind: Kind) {
        self.source.mentions.push(Mention {
            module: self.module.clone(),
            written,
            line,
            test: self.test,
            kind,
        });
    }

    fn hidden(&mut self, line: usize, what: &str) {
        self.source.hidden.push((line, what.to_owned()));
    }

    /// Visits as test code if the attributes say so.
    fn within(
        &mut self,
        attrs: &[Attribute],
        lines: (usize, usize),
        visit: impl FnOnce(&mut Self),
    ) {
        let before = self.test;
        if !before && is_test(attrs) {
            self.test = true;
            self.test_lines.extend(lines.0..=lines.1);
        }
        visit(self);
        self.test = before;
    }

    fn function(&mut self, name: &syn::Ident, attrs: &[Attribute], block: &Block) {
        let first = block.span().start().line;
        let last = block.span().end().line;
        let code = |line: &&&str| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with("//")
        };
        let inside = self.text.get(first..last.saturating_sub(1)).unwrap_or(&[]);
        let long_for_a_reason = attrs.iter().any(|attribute| {
            let text = match &attribute.meta {
                Meta::List(list) => list.tokens.to_string(),
                Meta::Path(_) | Meta::NameValue(_) => String::new(),
            };
            attribute.path().is_ident("expect")
                && text.contains("too_many_lines")
                && text.contains("reason")
        });
        self.source.functions.push(Function {
            name: segment(name),
            line: first,
            lines: inside.iter().filter(code).count(),
            long_for_a_reason,
            test: self.test,
        });
    }

    fn import(&mut self, tree: &UseTree, prefix: &Written, kind: Kind) {
        match tree {
            UseTree::Path(path) => {
                let mut prefix = prefix.clone();
                prefix.push(segment(&path.ident));
                self.import(&path.tree, &prefix, kind);
            }
            UseTree::Name(name) => self.bind(name.ident.span(), prefix, &name.ident, None, kind),
            UseTree::Rename(name) => {
                self.bind(
                    name.ident.span(),
                    prefix,
                    &name.ident,
                    Some(&name.rename),
                    kind,
                );
            }
            UseTree::Glob(glob) => {
                self.mention(prefix.clone(), glob.span().start().line, kind);
                self.scope().globs.push(prefix.clone());
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, prefix, kind);
                }
            }
        }
    }

    fn bind(
        &mut self,
        span: proc_macro2::Span,
        prefix: &Written,
        ident: &syn::Ident,
        rename: Option<&syn::Ident>,
        kind: Kind,
    ) {
        let mut written = prefix.clone();
        if ident != "self" || written.is_empty() {
            written.push(segment(ident));
        }
        let name = rename.map_or_else(|| written.last().cloned().unwrap_or_default(), segment);
        self.mention(written.clone(), span.start().line, kind);
        let imports = &mut self.scope().imports;
        imports.entry(name).or_default().push(written);
    }

    /// Looks for paths in tokens whose grammar only a macro knows.
    fn tokens(&mut self, tokens: TokenStream, prefix: &Written) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let colons = |at: usize| {
            matches!(
                (tokens.get(at), tokens.get(at + 1)),
                (Some(TokenTree::Punct(a)), Some(TokenTree::Punct(b)))
                    if a.as_char() == ':' && b.as_char() == ':' && a.spacing() == Spacing::Joint
            )
        };
        let variable = |at: usize| {
            let name = matches!(&tokens[at], TokenTree::Ident(ident) if ident != "crate");
            let dollar = |before: usize| matches!(&tokens[before], TokenTree::Punct(mark) if mark.as_char() == '$');
            name && at.checked_sub(1).is_some_and(dollar)
        };
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => {
                    self.hiding_attribute(&tokens, at, group);
                    self.tokens(group.stream(), &Vec::new());
                    at += 1;
                }
                TokenTree::Literal(literal) => {
                    let line = literal.span().start().line;
                    if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string())
                        && is_statement(&text.value())
                    {
                        self.mention(Vec::new(), line, Kind::Statement);
                    }
                    at += 1;
                }
                TokenTree::Punct(_) if colons(at) => {
                    // `::krate::path`; what continues a path was read with it.
                    let (written, next) = self.token_path(&tokens, at, vec![String::new()]);
                    if written.len() > 1 {
                        let line = tokens[at].span().start().line;
                        self.mention(written, line, Kind::Path);
                    }
                    at = next.max(at + 2);
                }
                TokenTree::Punct(_) => at += 1,
                TokenTree::Ident(_) if variable(at) => {
                    // `$module::Args`: what it is, the call says.
                    at = self.token_path(&tokens, at + 1, Vec::new()).1;
                }
                TokenTree::Ident(ident) => {
                    self.hiding_tokens(&tokens, at, ident);
                    let line = ident.span().start().line;
                    let mut written = prefix.clone();
                    written.push(segment(ident));
                    let (written, next) = self.token_path(&tokens, at + 1, written);
                    let called = matches!(
                        tokens.get(next), Some(TokenTree::Punct(mark)) if mark.as_char() == '!'
                    ) && matches!(tokens.get(next + 1), Some(TokenTree::Group(_)));
                    if called {
                        self.mention(written, line, Kind::Macro);
                    } else if written.len() > 1 {
                        self.mention(written, line, Kind::Path);
                    }
                    at = next;
                }
            }
        }
    }

    /// Continues a path at `::`, and returns where it ends.
    fn token_path(
        &mut self,
        tokens: &[TokenTree],
        mut at: usize,
        mut written: Written,
    ) -> (Written, usize) {
        loop {
            let colons = matches!(
                (tokens.get(at), tokens.get(at + 1)),
                (Some(TokenTree::Punct(a)), Some(TokenTree::Punct(b)))
                    if a.as_char() == ':' && b.as_char() == ':' && a.spacing() == Spacing::Joint
            );
            if !colons {
                return (written, at);
            }
            match tokens.get(at + 2) {
                Some(TokenTree::Ident(ident)) => {
                    written.push(segment(ident));
                    at += 3;
                }
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    // An import with a group: each of its paths.
                    self.tokens(group.stream(), &written);
                    return (written, at + 3);
                }
                _ => return (written, at + 2),
            }
        }
    }

    /// Finds `mod x;`, `extern crate` and `include!` among tokens.
    fn hiding_tokens(&mut self, tokens: &[TokenTree], at: usize, ident: &proc_macro2::Ident) {
        let line = ident.span().start().line;
        let follows = |mark: char, by: usize| matches!(tokens.get(at + by), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
        if ident == "mod" && follows(';', 2) {
            self.hidden(line, "a macro declares a module");
        } else if ident == "mod" && follows('$', 1) {
            self.hidden(line, "a macro declares modules");
        } else if ident == "extern"
            && matches!(tokens.get(at + 1), Some(TokenTree::Ident(next)) if next == "crate")
        {
            self.hidden(line, "extern crate");
        } else if ident == "include" && follows('!', 1) {
            self.hidden(line, "include!");
        }
    }

    /// Finds `#[path = "…"]` among tokens.
    fn hiding_attribute(&mut self, tokens: &[TokenTree], at: usize, group: &proc_macro2::Group) {
        let hash =
            at > 0 && matches!(&tokens[at - 1], TokenTree::Punct(punct) if punct.as_char() == '#');
        if hash && group.delimiter() == Delimiter::Bracket && names_a_path(group.stream()) {
            self.hidden(group.span().start().line, "#[path]");
        }
    }
}

/// Whether `path = …` is among the tokens, at any depth.
fn names_a_path(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Ident(ident) => {
            ident == "path"
                && matches!(tokens.get(at + 1), Some(TokenTree::Punct(mark)) if mark.as_char() == '=')
        }
        TokenTree::Group(group) => names_a_path(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

impl<'ast> Visit<'ast> for SourceReader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if let Some(name) = item_name(item) {
            self.scope().items.insert(name);
        }
        let lines = (item.span().start().line, item.span().end().line);
        self.within(attributes(item), lines, |reader| {
            visit::visit_item(reader, item);
        });
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the parser may learn more kinds of items"
    )]
    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        let attrs: &[Attribute] = match item {
            syn::ImplItem::Const(it) => &it.attrs,
            syn::ImplItem::Fn(it) => &it.attrs,
            syn::ImplItem::Type(it) => &it.attrs,
            syn::ImplItem::Macro(it) => &it.attrs,
            _ => &[],
        };
        let lines = (item.span().start().line, item.span().end().line);
        self.within(attrs, lines, |reader| {
            visit::visit_impl_item(reader, item);
        });
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        for attribute in &item.attrs {
            self.visit_attribute(attribute);
        }
        self.module.push(segment(&item.ident));
        if let Some((_, items)) = &item.content {
            self.scope();
            for item in items {
                self.visit_item(item);
            }
        } else {
            self.source.declared.push(Declaration {
                module: self.module.clone(),
                test: self.test,
            });
        }
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let kind = match item.vis {
            Visibility::Inherited => Kind::Import,
            Visibility::Public(_) | Visibility::Restricted(_) => Kind::Reexport,
        };
        let prefix = match item.leading_colon {
            Some(_) => vec![String::new()],
            None => Vec::new(),
        };
        for attribute in &item.attrs {
            self.visit_attribute(attribute);
        }
        self.import(&item.tree, &prefix, kind);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        self.hidden(item.span().start().line, "extern crate");
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        visit::visit_item_macro(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig.ident, &item.attrs, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig.ident, &item.attrs, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig.ident, &item.attrs, block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    // `pub(crate)` and `pub(super)` are not mentions.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    // In `<[T]>::split_first` the path begins in the type, not in a module.
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        match &path.qself {
            Some(qself) if qself.position == 0 => self.visit_qself(qself),
            _ => visit::visit_expr_path(self, path),
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut written = match path.leading_colon {
            Some(_) => vec![String::new()],
            None => Vec::new(),
        };
        written.extend(path.segments.iter().map(|part| segment(&part.ident)));
        self.mention(written, path.span().start().line, Kind::Path);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let line = call.path.span().start().line;
        let written: Written = call
            .path
            .segments
            .iter()
            .map(|part| segment(&part.ident))
            .collect();
        if written.last().is_some_and(|name| name == "include") {
            self.hidden(line, "include!");
        }
        self.mention(written, line, Kind::Macro);
        self.tokens(call.tokens.clone(), &Vec::new());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let path = attribute.path();
        let line = path.span().start().line;
        if path.is_ident("doc") {
            return;
        }
        let written: Written = path
            .segments
            .iter()
            .map(|part| segment(&part.ident))
            .collect();
        if written.len() > 1 || matches!(written[0].as_str(), "serde" | "clap") {
            self.mention(
                if written.len() > 1 {
                    written
                } else {
                    vec![String::new(), written[0].clone()]
                },
                line,
                Kind::Path,
            );
        }
        match &attribute.meta {
            Meta::Path(_) => {}
            Meta::List(list) => {
                let lint = ["expect", "allow", "warn", "deny", "forbid"];
                if path.is_ident("cfg_attr") && names_a_path(list.tokens.clone()) {
                    self.hidden(line, "#[path]");
                }
                if !lint.iter().any(|name| path.is_ident(name)) {
                    self.tokens(list.tokens.clone(), &Vec::new());
                    self.attribute_strings(list.tokens.clone());
                }
            }
            Meta::NameValue(value) => {
                if path.is_ident("path") {
                    self.hidden(line, "#[path]");
                }
                visit::visit_expr(self, &value.value);
            }
        }
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        if is_statement(&text.value()) {
            self.mention(Vec::new(), text.span().start().line, Kind::Statement);
        }
    }
}

impl SourceReader<'_> {
    /// Attributes name paths in strings too: `#[serde(with = "crate::x")]`.
    fn attribute_strings(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.attribute_strings(group.stream()),
                TokenTree::Literal(literal) => {
                    let line = literal.span().start().line;
                    let path = syn::parse_str::<syn::LitStr>(&literal.to_string())
                        .and_then(|text| syn::parse_str::<syn::Path>(&text.value()));
                    if let Ok(path) = path
                        && path.segments.len() > 1
                    {
                        let parts = path.segments.iter().map(|part| segment(&part.ident));
                        self.mention(parts.collect(), line, Kind::Path);
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}
