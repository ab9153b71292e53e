//! The macro by which facts are published.

/// Defines the published facts and how each is made: name, fact of the domain,
/// and its fields.
macro_rules! facts {
    ($name:ident from $from:ty; $( $(#[$doc:meta])* $variant:ident = $fact:pat => {
        $( $(#[$attribute:meta])* $field:ident: $type:ty = $value:expr, )*
    } )+ $(; $other:ident($others:ty) = $pattern:pat => $made:expr )?) => {
        #[derive(Debug, Serialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
        pub(super) enum $name<'a> {
            $( $(#[$doc])* $variant { $( $(#[$attribute])* $field: $type, )* }, )+
            $( #[serde(untagged)] $other($others), )?
        }

        impl<'a> From<&'a $from> for $name<'a> {
            fn from(fact: &'a $from) -> Self {
                match fact {
                    $( $fact => Self::$variant { $( $field: $value, )* }, )+
                    $( $pattern => Self::$other($made), )?
                }
            }
        }
    };
}

pub(super) use facts;
