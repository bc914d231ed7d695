//! Identities. Each is a newtype, so that a task's id is never taken for a product's.
//!
//! An id is any text of 1 to [`MAX_ID_BYTES`] bytes; sources put themselves into it (`hermes:default:…`), so two
//! sources never collide.

use std::{borrow::Borrow, fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest id that is taken, in bytes of UTF-8.
pub const MAX_ID_BYTES: usize = 256;

/// The longest key of an item that needs attention, in bytes of UTF-8: any id, with words around it.
pub const MAX_ITEM_KEY_BYTES: usize = 2 * MAX_ID_BYTES;

/// Why a text cannot be an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadId {
    /// An empty text identifies nothing.
    #[error("an id must not be empty")]
    Empty,
    /// Longer than ids of its kind may be.
    #[error("an id has at most {most} bytes, this one has {bytes}")]
    TooLong {
        /// How long it may be, in bytes.
        most: usize,
        /// How long it is, in bytes.
        bytes: usize,
    },
    /// Control characters (line breaks among them) would break logs, URLs and terminals.
    #[error("an id must not contain control characters")]
    Control,
}

fn check(text: &str, most: usize) -> Result<(), BadId> {
    match text.len() {
        0 => Err(BadId::Empty),
        bytes if bytes > most => Err(BadId::TooLong { most, bytes }),
        _ if text.chars().any(char::is_control) => Err(BadId::Control),
        _ => Ok(()),
    }
}

macro_rules! id {
    ($most:ident: $($(#[doc = $doc:literal])* $name:ident;)+) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the text as an id, or says why it is none.
            pub fn new(text: impl AsRef<str>) -> Result<Self, BadId> {
                check(text.as_ref(), $most)?;
                Ok(Self(text.as_ref().into()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str { &self.0 }
        }

        #[cfg(feature = "schema")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                crate::schema::id(concat!($($doc),*), $most)
            }
        }

        #[cfg(feature = "schema")]
        impl utoipa::ToSchema for $name {}

        impl crate::patch::Visit for $name {}

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Debug::fmt(&*self.0, f) }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str { &self.0 }
        }

        impl std::str::FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> { Self::new(text) }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::new(text).map_err(serde::de::Error::custom)
            }
        }
    )+};
}

id! {
    MAX_ID_BYTES:
    /// Identifies a task.
    TaskId;
    /// Identifies a product.
    ProductId;
    /// Identifies a run of a task.
    RunId;
    /// Identifies an event of a task.
    EventId;
    /// Identifies an agent, a tool, an integration or a runner.
    AgentId;
    /// Identifies a scheduled job.
    JobId;
    /// Identifies one line of telemetry: the same line again changes nothing.
    LineId;
}

id! {
    MAX_ITEM_KEY_BYTES:
    /// Identifies an item that needs the founder's attention, as long as it is about the same thing: `task:t_123`,
    /// `product:ledgerly:repeated-failures`, `job:j_1:missed`, `agent:github`.
    ItemKey;
}

impl ItemKey {
    /// The key of a subject, and of what it is about where that is not the subject as a whole. A checked id with a few
    /// words of ours around it is always a key.
    pub(crate) fn of(kind: &str, id: &str, about: Option<&str>) -> Self {
        let about = about.map(|about| format!(":{about}")).unwrap_or_default();
        Self(format!("{kind}:{id}{about}").into())
    }
}

impl ProductId {
    /// The reserved product of tasks that name none. Portfolio figures leave it out.
    pub const UNASSIGNED: &'static str = "unassigned";

    /// The reserved product `unassigned`.
    pub fn unassigned() -> Self {
        Self(Self::UNASSIGNED.into())
    }

    /// Whether this is the reserved product `unassigned`.
    pub fn is_unassigned(&self) -> bool {
        self.as_str() == Self::UNASSIGNED
    }
}

/// The place of a change in the log: 1, 2, 3 … without a gap. 0 is "before the first change".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Seq(pub u64);

impl Seq {
    /// The next place in the log.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
