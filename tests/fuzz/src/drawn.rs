//! Values of any type that serde can read, drawn from bytes: commands and records of every feature, the coming ones included,
//! without a generator for each.
//!
//! A type asks for what it wants (a struct of these fields, one of these variants, a number) and gets what the next bytes say.
//! Ids come from a small pool, so that what is drawn speaks of what else is there.

use haitang_domain::{Id, Timestamp};
use serde::de::value::{Error, StrDeserializer, U32Deserializer};
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use crate::town;

/// How deep a value may nest; deeper there are only empty lists.
const DEPTH_MAX: u8 = 12;

/// Bytes that are used up one after another; zeros when there are no more.
pub struct Bytes<'b> {
    left: &'b [u8],
}

impl<'b> Bytes<'b> {
    /// All of `bytes`.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { left: bytes }
    }

    /// Whether all were used up.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// The next one.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.left.split_first() else { return 0 };
        self.left = rest;
        *first
    }

    /// A number below `end`, which is at least 1.
    pub fn below(&mut self, end: usize) -> usize {
        let wide = if end > 256 { u16::from_be_bytes([self.byte(), self.byte()]).into() } else { usize::from(self.byte()) };
        wide % end
    }

    /// One of some things.
    pub fn one_of<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }

    /// Up to so many of the bytes that are left.
    pub fn take(&mut self, most: usize) -> &'b [u8] {
        let (taken, rest) = self.left.split_at(most.min(self.left.len()));
        self.left = rest;
        taken
    }

    /// An id from the pool; seldom one of nothing.
    pub fn id(&mut self) -> Id {
        town::id(self.byte())
    }

    /// A moment: around the time everything happens, at the ends of time, or any.
    pub fn moment(&mut self) -> Timestamp {
        Timestamp::from_millis(self.number())
    }

    fn number(&mut self) -> i64 {
        let step = [1, 15_000, 60_000, 3_600_000, 86_400_000, 31 * 86_400_000];
        match self.byte() {
            n @ 0..=95 => town::NOW + step[usize::from(n) % step.len()] * (i64::from(self.byte()) - 128),
            96..=199 => i64::from(self.byte()) - 8,
            200..=215 => {
                [0, -1, i64::MIN, i64::MAX, i64::MAX - 1, 4_102_444_800_000, 946_684_800_000, 253_402_300_800_000][self.below(8)]
            }
            _ => i64::from_be_bytes(std::array::from_fn(|_| self.byte())),
        }
    }

    /// Anything that serde can read.
    pub fn draw<T: de::DeserializeOwned>(&mut self) -> Option<T> {
        T::deserialize(&mut Drawn { bytes: self, field: "", depth: 0 }).ok()
    }

    fn text(&mut self, field: &str) -> String {
        match field {
            "sha256" => format!("{:02x}", self.byte()).repeat(32),
            "code" => town::host_code(self.id(), self.moment()),
            _ => match self.byte() {
                0..=15 => String::new(),
                16..=23 => " ".into(),
                24..=31 => "长".repeat(self.below(12_000)),
                32..=47 => String::from_utf8_lossy(self.take(24)).into_owned(),
                n => {
                    format!("{}{}", ["119", "上门探访", "a", "１２", "Ä"][usize::from(n) % 5], if n % 2 == 0 { "" } else { " x" })
                }
            },
        }
    }
}

struct Drawn<'d, 'b> {
    bytes: &'d mut Bytes<'b>,
    /// The field that is being read, where one is.
    field: &'static str,
    depth: u8,
}

impl<'b> Drawn<'_, 'b> {
    fn deeper(&mut self, field: &'static str) -> Drawn<'_, 'b> {
        Drawn { bytes: self.bytes, field, depth: self.depth + 1 }
    }

    fn length(&mut self) -> usize {
        if self.depth >= DEPTH_MAX {
            return 0;
        }
        match self.bytes.byte() {
            250.. => self.bytes.below(300),
            n => usize::from(n % 5),
        }
    }

    fn string(&mut self, expected: &dyn Expected) -> String {
        let expected = expected.to_string();
        let bytes = &mut *self.bytes;
        let day = |bytes: &mut Bytes<'_>| {
            let year = match bytes.byte() {
                255 => ["0001", "-262143", "+262142", "9999"][bytes.below(4)].to_owned(),
                n => (2020 + i32::from(n % 12)).to_string(),
            };
            format!("{year}-{:02}-{:02}", 1 + bytes.below(12), 1 + bytes.below(28))
        };
        if expected.contains("UUID") {
            bytes.id().to_string()
        } else if expected.contains("date") {
            day(bytes)
        } else if expected.contains("time") {
            format!("{:02}:{:02}:00", bytes.below(24), bytes.below(60))
        } else {
            bytes.text(self.field)
        }
    }
}

macro_rules! numbers {
    ($($read:ident $visit:ident $type:ty,)*) => {
        $(fn $read<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            // Cut to the type's own size, as its bytes would be.
            visitor.$visit(self.bytes.number() as $type)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Drawn<'_, '_> {
    type Error = Error;

    numbers! {
        deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64,
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64,
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.bytes.byte() % 2 == 1)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // A record never holds a number that JSON cannot say: the rules check what comes from outside.
        visitor.visit_f32(self.bytes.one_of(&[0.0, -0.0, 1.0, 12.5, 2.31, 1e-30, 1e8, f32::MAX, f32::MIN, -1.0]))
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // JSON has no infinities and no other numbers that are none.
        let finite = [0.0, -0.0, 1.0, 31.3, 120.6, -91.0, 1e-300, f64::MAX, f64::MIN, 0.1];
        visitor.visit_f64(self.bytes.one_of(&finite))
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_char(char::from(self.bytes.byte()))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = self.string(&visitor);
        visitor.visit_string(text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let length = self.length();
        visitor.visit_bytes(self.bytes.take(length))
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.bytes.byte().is_multiple_of(2) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = self.length();
        visitor.visit_seq(Many { drawn: self, left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, left: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Many { drawn: self, left })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, left: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Many { drawn: self, left })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = self.length();
        visitor.visit_map(Many { drawn: self, left })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Fields { drawn: self, names: fields.iter(), current: "" })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(OneOf { drawn: self, variants: variants.len() })
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

/// The things of a list, or the pairs of a map.
struct Many<'a, 'd, 'b> {
    drawn: &'a mut Drawn<'d, 'b>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Many<'_, '_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        let field = self.drawn.field;
        seed.deserialize(&mut self.drawn.deeper(field)).map(Some)
    }
}

impl<'de> MapAccess<'de> for Many<'_, '_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(&mut self.drawn.deeper(""))
    }
}

/// The fields of a struct, all of them: one that may be missing is an option or a list, which may be empty.
struct Fields<'a, 'd, 'b> {
    drawn: &'a mut Drawn<'d, 'b>,
    names: std::slice::Iter<'static, &'static str>,
    current: &'static str,
}

impl<'de> MapAccess<'de> for Fields<'_, '_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(field) = self.names.next() else { return Ok(None) };
        self.current = field;
        let name: StrDeserializer<'_, Error> = field.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(&mut self.drawn.deeper(self.current))
    }
}

/// One of the variants of an enum.
struct OneOf<'a, 'd, 'b> {
    drawn: &'a mut Drawn<'d, 'b>,
    variants: usize,
}

impl<'de> EnumAccess<'de> for OneOf<'_, '_, '_> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self), Error> {
        let variant = self.drawn.bytes.below(self.variants.max(1)) as u32;
        let number: U32Deserializer<Error> = variant.into_deserializer();
        Ok((seed.deserialize(number)?, self))
    }
}

impl<'de> VariantAccess<'de> for OneOf<'_, '_, '_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        let field = self.drawn.field;
        seed.deserialize(&mut self.drawn.deeper(field))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        self.drawn.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        self.drawn.deserialize_struct("", fields, visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use haitang_domain::Action;

    /// A byte string leads to the same value each time, whatever it is, and every feature and most commands are reached.
    #[test]
    fn every_feature_is_drawn() {
        let mut names = std::collections::BTreeSet::new();
        for n in 0..20_000u32 {
            let bytes = crate::mutate::random(u64::from(n), 400);
            let drawn: Option<Action> = Bytes::new(&bytes).draw();
            assert_eq!(drawn, Bytes::new(&bytes).draw());
            names.extend(drawn.map(|action| action.name()));
        }
        for feature in ["directory.", "activity.", "notice.", "study.", "quiz.", "task."] {
            assert!(names.iter().any(|name| name.starts_with(feature)), "{feature} in {names:?}");
        }
        assert!(names.len() > 50, "{}: {names:?}", names.len());
    }
}
