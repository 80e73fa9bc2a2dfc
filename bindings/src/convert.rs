//! How values cross the border, and the two macros that write a type of the border beside its type in the core.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use chrono::{NaiveDate, NaiveTime};
use haitang_app::AppError;
use haitang_app::domain::attachment::Sha256;
use haitang_app::domain::{Id, Timestamp};

use crate::error::{CoreError, bad_input};

/// A value of the core, as it is shown to a shell.
pub(crate) trait Shown<T> {
    /// The same value on the other side.
    fn shown(self) -> T;
}

/// A value a shell gives, as the core takes it.
pub(crate) trait Given<T> {
    /// The same value in the core; [`CoreError::BadInput`] where it is none.
    fn given(self) -> Result<T, CoreError>;
}

/// What the app answered, as a shell sees it.
pub(crate) fn answer<T, U: Shown<T>>(result: Result<U, AppError>) -> Result<T, CoreError> {
    Ok(result?.shown())
}

/// The id that a shell gave as text.
pub(crate) fn id(text: &str) -> Result<Id, CoreError> {
    text.parse().map_err(|_| bad_input("an id", text))
}

/// The id that a shell may have given.
pub(crate) fn maybe_id(text: Option<String>) -> Result<Option<Id>, CoreError> {
    text.given()
}

macro_rules! same {
    ($($ty:ty),*) => {
        $(
            impl Shown<$ty> for $ty {
                fn shown(self) -> $ty {
                    self
                }
            }
            impl Given<$ty> for $ty {
                fn given(self) -> Result<$ty, CoreError> {
                    Ok(self)
                }
            }
        )*
    };
}

same!((), bool, u8, u16, u32, u64, i64, f32, f64, String);

impl Shown<u32> for usize {
    fn shown(self) -> u32 {
        u32::try_from(self).unwrap_or(u32::MAX)
    }
}

/// Small numbers in lists are wider on the other side, where a list of bytes is a lump of bytes.
impl Shown<u16> for u8 {
    fn shown(self) -> u16 {
        self.into()
    }
}

impl Given<u8> for u16 {
    fn given(self) -> Result<u8, CoreError> {
        self.try_into().map_err(|_| bad_input("a number up to 255", &self.to_string()))
    }
}

impl Shown<String> for Id {
    fn shown(self) -> String {
        self.to_string()
    }
}

impl Given<Id> for String {
    fn given(self) -> Result<Id, CoreError> {
        id(&self)
    }
}

impl Shown<i64> for Timestamp {
    fn shown(self) -> i64 {
        self.millis()
    }
}

impl Given<Timestamp> for i64 {
    fn given(self) -> Result<Timestamp, CoreError> {
        Ok(Timestamp::from_millis(self))
    }
}

impl Shown<String> for NaiveDate {
    fn shown(self) -> String {
        self.to_string()
    }
}

impl Given<NaiveDate> for String {
    fn given(self) -> Result<NaiveDate, CoreError> {
        self.parse().map_err(|_| bad_input("a day such as 2026-11-24", &self))
    }
}

impl Shown<String> for NaiveTime {
    fn shown(self) -> String {
        self.format("%H:%M").to_string()
    }
}

impl Given<NaiveTime> for String {
    fn given(self) -> Result<NaiveTime, CoreError> {
        NaiveTime::parse_from_str(&self, "%H:%M").map_err(|_| bad_input("a time of day such as 08:30", &self))
    }
}

impl Shown<String> for Sha256 {
    fn shown(self) -> String {
        self.to_string()
    }
}

impl Given<Sha256> for String {
    fn given(self) -> Result<Sha256, CoreError> {
        self.parse().map_err(|_| bad_input("a SHA-256", &self))
    }
}

impl<T, U: Shown<T>> Shown<Option<T>> for Option<U> {
    fn shown(self) -> Option<T> {
        self.map(Shown::shown)
    }
}

impl<T, U: Given<T>> Given<Option<T>> for Option<U> {
    fn given(self) -> Result<Option<T>, CoreError> {
        self.map(Given::given).transpose()
    }
}

impl<T, U: Shown<T>> Shown<Vec<T>> for Vec<U> {
    fn shown(self) -> Vec<T> {
        self.into_iter().map(Shown::shown).collect()
    }
}

impl<T, U: Given<T>> Given<Vec<T>> for Vec<U> {
    fn given(self) -> Result<Vec<T>, CoreError> {
        self.into_iter().map(Given::given).collect()
    }
}

impl<T, U: Shown<T>> Shown<Vec<T>> for BTreeSet<U> {
    fn shown(self) -> Vec<T> {
        self.into_iter().map(Shown::shown).collect()
    }
}

impl<T: Ord, U: Given<T>> Given<BTreeSet<T>> for Vec<U> {
    fn given(self) -> Result<BTreeSet<T>, CoreError> {
        self.into_iter().map(Given::given).collect()
    }
}

impl<K: Ord + Hash, T, U: Shown<T>> Shown<HashMap<K, T>> for BTreeMap<K, U> {
    fn shown(self) -> HashMap<K, T> {
        self.into_iter().map(|(key, value)| (key, value.shown())).collect()
    }
}

impl<K: Ord + Hash, T, U: Given<T>> Given<BTreeMap<K, T>> for HashMap<K, U> {
    fn given(self) -> Result<BTreeMap<K, T>, CoreError> {
        self.into_iter().map(|(key, value)| Ok((key, value.given()?))).collect()
    }
}

/// Writes a record of the border and how it is made of the core's type of that path (`shown`), or that of it (`given`), or
/// both. Fields have the same names on both sides; a field that the border does not name stays in the core.
macro_rules! record {
    ($(#[$meta:meta])* $way:ident $name:ident = $core:path { $($(#[$field_meta:meta])* $field:ident: $ty:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, uniffi::Record)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $ty,)*
        }
        crate::convert::record!(@$way $name = $core { $($field)* });
    };
    (@shown $name:ident = $core:path { $($field:ident)* }) => {
        impl crate::convert::Shown<$name> for $core {
            fn shown(self) -> $name {
                $name { $($field: crate::convert::Shown::shown(self.$field),)* }
            }
        }
    };
    (@given $name:ident = $core:path { $($field:ident)* }) => {
        impl crate::convert::Given<$core> for $name {
            fn given(self) -> Result<$core, crate::CoreError> {
                type Core = $core;
                Ok(Core { $($field: crate::convert::Given::given(self.$field)?,)* })
            }
        }
    };
    (@both $name:ident = $core:path { $($field:ident)* }) => {
        crate::convert::record!(@shown $name = $core { $($field)* });
        crate::convert::record!(@given $name = $core { $($field)* });
    };
}

/// Writes a choice of the border, and how it is made of the core's type of that path and that of it.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident = $core:path { $($(#[$variant_meta:meta])* $variant:ident,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)*
        }
        impl crate::convert::Shown<$name> for $core {
            fn shown(self) -> $name {
                type Core = $core;
                match self {
                    $(Core::$variant => $name::$variant,)*
                }
            }
        }
        impl crate::convert::Given<$core> for $name {
            fn given(self) -> Result<$core, crate::CoreError> {
                type Core = $core;
                Ok(match self {
                    $($name::$variant => Core::$variant,)*
                })
            }
        }
    };
}

pub(crate) use {choice, record};

record! {
    /// When something was done, as well as it is known.
    shown Interval = haitang_app::domain::evidence::Interval {
        /// Not before this; the start of time where nothing bounds it.
        earliest: i64,
        /// Not after this.
        latest: i64,
    }
}
