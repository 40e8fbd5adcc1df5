//! What the server and the browser tell each other of a page's data: postcard, a compact encoding without names of fields.
//! Both the data inside a page and the answers of server functions that read come so, which compiles one small reader per
//! type; as JSON, which Leptos reads from text here and from bytes there, readers were a sixth of what a browser loads.
//! Refusals stay JSON: programs read them too.

use leptos::{
    server::codee::{Decoder, Encoder},
    server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post},
};
use serde::{Serialize, de::DeserializeOwned};

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
    const CONTENT_TYPE: &'static str = "application/octet-stream";
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
