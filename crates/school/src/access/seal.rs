//! The server's own key: what follows from it nobody else can make, and what it closes nobody else can read.

use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::session::Token;
use crate::error::{Error, Result};

/// Bytes of a nonce.
const NONCE: usize = 24;

/// The key, made of the secret that the session cookie is encrypted with.
#[derive(Clone)]
pub(crate) struct Seal {
    tokens: [u8; 32],
    texts: [u8; 32],
}

impl Seal {
    pub(crate) fn of(secret: &[u8]) -> Result<Self> {
        Ok(Self { tokens: derived(secret, b"tokens")?, texts: derived(secret, b"texts")? })
    }

    /// The token that follows from another for a purpose, always the same.
    pub(crate) fn follows(&self, token: &Token, purpose: &str) -> Result<Token> {
        Ok(Token::of(derived(&self.tokens, &[purpose.as_bytes(), &token.bytes()].concat())?))
    }

    /// The token in a mail, the same at every attempt to send it, while it goes to the same address.
    pub(crate) fn token_of_mail(&self, mail: Uuid, address: &str) -> Result<Token> {
        let words = [b"mail".as_slice(), mail.as_bytes(), address.as_bytes()].concat();
        Ok(Token::of(derived(&self.tokens, &words)?))
    }

    /// Closes a text that is `whose`; nobody reads it under another's name.
    pub(crate) fn close(&self, text: &[u8], whose: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|error| Error::internal(error.to_string()))?;
        let closed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: text, aad: whose })
            .map_err(|_| Error::internal("a text could not be closed"))?;
        Ok([&nonce[..], &closed].concat())
    }

    /// Opens it again; none where it was closed by another key or for somebody else.
    pub(crate) fn open(&self, closed: &[u8], whose: &[u8]) -> Option<Vec<u8>> {
        let (nonce, closed) = closed.split_first_chunk::<NONCE>()?;
        self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg: closed, aad: whose }).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.texts))
    }
}

fn derived(key: &[u8], words: &[u8]) -> Result<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|error| Error::internal(error.to_string()))?;
    mac.update(words);
    Ok(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::Seal;
    use crate::access::session::Token;

    #[test]
    fn only_its_own_key_and_owner_open_what_was_closed() {
        let (seal, other) = (Seal::of(&[1; 64]).unwrap(), Seal::of(&[2; 64]).unwrap());

        let closed = seal.close(b"a secret", b"rosa").unwrap();

        assert_eq!(seal.open(&closed, b"rosa").as_deref(), Some(&b"a secret"[..]));
        assert_eq!(other.open(&closed, b"rosa"), None);
        assert_eq!(seal.open(&closed, b"tomas"), None);
        assert_eq!(seal.open(&closed[..20], b"rosa"), None);
        assert_ne!(closed, seal.close(b"a secret", b"rosa").unwrap());
        assert!(!closed.windows(8).any(|window| window == b"a secret"));
    }

    #[test]
    fn what_follows_from_a_token_is_the_same_each_time_and_tells_nothing_of_it() {
        let (seal, other) = (Seal::of(&[1; 64]).unwrap(), Seal::of(&[2; 64]).unwrap());
        let token = Token::random().unwrap();

        let next = seal.follows(&token, "renewal").unwrap();

        assert!(next == seal.follows(&token, "renewal").unwrap() && next != token);
        assert!(next != seal.follows(&token, "session").unwrap());
        assert!(next != other.follows(&token, "renewal").unwrap());
    }
}
