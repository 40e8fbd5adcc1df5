//! What the server and the browser tell each other of a page's data: postcard, a compact encoding without names of fields.
//! Data inside a page, the answers of server functions that read and all refusals come so, which compiles one small reader
//! per type; as JSON, which Leptos reads from text here and from bytes there, readers were a fifth of what a browser loads.
//! Whoever does not ask for this encoding is refused in JSON (`server::http::forms`).

use leptos::{
    prelude::SharedValue,
    server::codee::{Decoder, Encoder},
    server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post},
};
use serde::{Serialize, de::DeserializeOwned};

/// What the encoding is called in the heads of requests and answers.
pub const WIRE: &str = "application/octet-stream";

/// The encoding.
#[derive(Debug, Clone, Copy)]
pub struct Wire;

/// What server functions that read answer with.
pub type Output = Post<Wire>;

impl<T: Serialize> Encoder<T> for Wire {
    type Error = postcard::Error;
    type Encoded = Vec<u8>;

    fn encode(value: &T) -> postcard::Result<Vec<u8>> {
        postcard::to_allocvec(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Wire {
    type Error = postcard::Error;
    type Encoded = [u8];

    fn decode(bytes: &[u8]) -> postcard::Result<T> {
        postcard::from_bytes(bytes)
    }
}

impl ContentType for Wire {
    const CONTENT_TYPE: &'static str = WIRE;
}

impl FormatType for Wire {
    const FORMAT_TYPE: Format = Format::Binary;
}

impl<T: Serialize> Encodes<T> for Wire {
    type Error = postcard::Error;

    fn encode(value: &T) -> postcard::Result<Bytes> {
        postcard::to_allocvec(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Wire {
    type Error = postcard::Error;

    fn decode(bytes: Bytes) -> postcard::Result<T> {
        postcard::from_bytes(&bytes)
    }
}

/// Reads what came from the other side; `None` when it cannot be read.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// What the server alone knows, handed to the browser inside the page; what is made in the browser runs there.
pub fn shared<T: Serialize + DeserializeOwned>(known: impl FnOnce() -> T) -> T {
    SharedValue::<T, Wire>::new_with_encoding(known).into_inner()
}

/// What the other side will [`read`].
pub fn write<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value).unwrap_or_default()
}
