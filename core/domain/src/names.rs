//! The names that a serialised choice can have, asked of the choice itself: no list beside it that could fall behind.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

/// The names of a choice's variants as they are serialised, in the order of their declaration; empty for what is no choice.
pub fn variants<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    T::deserialize(Asked).err().map_or(&[], |answer| answer.0)
}

/// Hears what a type would be read from, and reads nothing.
struct Asked;

/// What was heard, as the error by which a deserialiser can end.
#[derive(Debug)]
struct Names(&'static [&'static str]);

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for Names {}

impl serde::de::Error for Names {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(&[])
    }
}

impl<'de> Deserializer<'de> for Asked {
    type Error = Names;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Names> {
        Err(Names(&[]))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Names> {
        Err(Names(variants))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    #[test]
    fn a_choice_tells_its_names_as_they_are_serialised() {
        let codes = variants::<Code>();
        assert!(codes.contains(&Code::NoAttemptsLeft.as_str()) && codes.contains(&"too_new"));
        for code in codes {
            let read: Code = serde_json::from_value((*code).into()).expect("is one of its own");
            assert_eq!(read.as_str(), *code, "the text form is the one that is serialised");
        }
        assert!(variants::<String>().is_empty());
    }
}
