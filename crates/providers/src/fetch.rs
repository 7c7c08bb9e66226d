//! Reaching an address that somebody typed, over HTTP, without reaching anything of ours.
//!
//! Invariant: a name is resolved here, every address it has is checked, and the connection is made to those addresses:
//! what a second look at the name would say does not matter (no DNS rebinding). Connections are not kept, so that each
//! call is checked.
//!
//! Refuses: redirects, proxies from the environment, cookies, compressed answers, a name of which any address is inner.

#[cfg(test)]
mod tests;

use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use capabilities::fetch::{AddressRefused, Answer, Fetch, FetchError, Post, Reach};
use reqwest::{
    Client,
    dns::{Addrs, Name, Resolve, Resolving},
    header,
    redirect::Policy,
};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(5);

type Looked = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;
type Lookup = Arc<dyn Fn(String) -> Looked + Send + Sync>;

/// The provider. Cheap to clone.
#[derive(Clone)]
pub struct GuardedFetch {
    /// None where this machine has no certificates to trust.
    client: Option<Client>,
    reach: Reach,
}

impl GuardedFetch {
    pub fn new(reach: Reach) -> Self {
        Self::with_lookup(reach, Arc::new(|name| Box::pin(look_up(name))))
    }

    fn with_lookup(reach: Reach, lookup: Lookup) -> Self {
        let client = Client::builder()
            .dns_resolver(Guard { reach, lookup })
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            .pool_max_idle_per_host(0)
            .http1_only()
            .connect_timeout(CONNECT)
            .user_agent(concat!("OMB-Cloud/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { client: client.ok(), reach }
    }
}

async fn look_up(name: String) -> io::Result<Vec<IpAddr>> {
    Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect())
}

struct Guard {
    reach: Reach,
    lookup: Lookup,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (reach, found) = (self.reach, (self.lookup)(name.as_str().to_owned()));
        Box::pin(async move {
            let found = found.await?;
            for address in &found {
                reach.allows(*address)?;
            }
            Ok(Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

#[async_trait]
impl Fetch for GuardedFetch {
    fn reach(&self) -> Reach {
        self.reach
    }

    async fn post(&self, post: Post) -> Result<Answer, FetchError> {
        // A host that is a number is not resolved, so it is checked here.
        post.url.check(self.reach).map_err(|_| FetchError::AddressRefused)?;
        let client = self.client.as_ref().ok_or(FetchError::Unreachable)?;
        let mut request = client.post(post.url.as_str()).timeout(post.timeout).body(post.body);
        for (name, value) in post.headers {
            request = request.header(name, value);
        }
        let mut response = request.send().await.map_err(|error| cause(&error))?;
        let retry_after = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
        let retry_after = retry_after.and_then(|value| value.parse().ok()).map(Duration::from_secs);
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while body.len() < post.most {
            match response.chunk().await {
                Ok(Some(chunk)) => body.extend_from_slice(&chunk[..chunk.len().min(post.most - body.len())]),
                // The status has been said; what is missing of the body changes nothing.
                Ok(None) | Err(_) => break,
            }
        }
        Ok(Answer { status, retry_after, body })
    }
}

fn cause(error: &reqwest::Error) -> FetchError {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = source {
        if inner.is::<AddressRefused>() {
            return FetchError::AddressRefused;
        }
        source = inner.source();
    }
    match () {
        () if error.is_timeout() => FetchError::Timeout,
        () if error.is_dns() => FetchError::NameUnknown,
        () if error.is_connect() => FetchError::Unreachable,
        () => FetchError::Interrupted,
    }
}
