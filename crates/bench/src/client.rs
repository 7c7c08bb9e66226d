//! The load: a few keep-alive connections that each ask, wait for the whole answer and ask again.
//!
//! Invariant: it costs the machine as little as it can, because it shares the cores with what is measured: one thread,
//! no parsing beyond status and length, buffers used again. Refuses answers without a length.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// One keep-alive connection.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// How long a load goes on.
#[derive(Debug, Clone, Copy)]
pub enum Until {
    Seconds(f64),
    Requests(u64),
}

/// What a load came to.
#[derive(Debug, Clone)]
pub struct Tally {
    pub requests: u64,
    pub seconds: f64,
    /// Microseconds, ascending.
    latencies: Vec<u32>,
}

impl Client {
    pub async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("the server does not answer")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(128 << 10) })
    }

    /// Sends a request as it stands and reads the answer: status and body.
    pub async fn ask(&mut self, request: &[u8]) -> Result<(u16, &[u8])> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            self.more().await?;
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
        };
        let text = std::str::from_utf8(&self.buffer[..head]).context("the answer's head is not text")?;
        let status: u16 = text.get(9..12).and_then(|s| s.parse().ok()).context("the answer has no status")?;
        let length: usize = text
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, value)| value.trim().parse().ok())
            .unwrap_or(0);
        if find(text.as_bytes(), b"chunked").is_some() {
            bail!("the answer has no length");
        }
        while self.buffer.len() < head + length {
            self.more().await?;
        }
        Ok((status, &self.buffer[head..head + length]))
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

impl Tally {
    pub fn per_second(&self) -> f64 {
        self.requests as f64 / self.seconds
    }

    /// Milliseconds within which this share of the answers came.
    pub fn percentile(&self, share: f64) -> f64 {
        let at = ((self.latencies.len() as f64 * share) as usize).min(self.latencies.len().saturating_sub(1));
        self.latencies.get(at).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
    }
}

/// Asks `request(0)`, `request(1)`, … over that many connections. An answer that is no success ends it with its body.
pub async fn load(
    address: SocketAddr,
    connections: usize,
    until: Until,
    request: impl Fn(u64) -> Vec<u8>,
) -> Result<Tally> {
    let (next, end) = match until {
        Until::Seconds(seconds) => (AtomicU64::new(0), Some(Duration::from_secs_f64(seconds))),
        Until::Requests(_) => (AtomicU64::new(0), None),
    };
    let mut clients = Vec::new();
    for _ in 0..connections {
        clients.push(Client::connect(address).await?);
    }
    let began = Instant::now();
    let work = clients.into_iter().map(|mut client| {
        let (next, request) = (&next, &request);
        async move {
            let mut latencies = Vec::with_capacity(4096);
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                let over = match (until, end) {
                    (Until::Requests(most), _) => n >= most,
                    (_, Some(end)) => began.elapsed() >= end,
                    _ => true,
                };
                if over {
                    return Ok::<_, anyhow::Error>(latencies);
                }
                let bytes = request(n);
                let asked = Instant::now();
                let (status, body) = client.ask(&bytes).await?;
                latencies.push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
                if !(200..300).contains(&status) {
                    let first = String::from_utf8_lossy(&bytes).lines().next().unwrap_or_default().to_owned();
                    bail!("{first}: answered {status}: {}", String::from_utf8_lossy(body));
                }
            }
        }
    });
    let gathered = futures::future::try_join_all(work).await?;
    let seconds = began.elapsed().as_secs_f64();
    let mut latencies: Vec<u32> = gathered.into_iter().flatten().collect();
    latencies.sort_unstable();
    Ok(Tally { requests: latencies.len() as u64, seconds, latencies })
}

/// Asks so often a second, whether or not the answers keep up, as many who know nothing of each other do: each of the
/// connections has its own times. What is sent away (429, 503) is counted apart, and is no success.
pub async fn paced(
    address: SocketAddr,
    connections: u32,
    per_second: f64,
    seconds: f64,
    request: impl Fn(u64) -> Vec<u8>,
) -> Result<(Tally, u64)> {
    let mut clients = Vec::new();
    for _ in 0..connections {
        clients.push(Client::connect(address).await?);
    }
    let next = AtomicU64::new(0);
    let began = tokio::time::Instant::now();
    let every = Duration::from_secs_f64(f64::from(connections) / per_second);
    let work = clients.into_iter().enumerate().map(|(at, mut client)| {
        let (next, request) = (&next, &request);
        async move {
            let (mut latencies, mut refused) = (Vec::with_capacity(4096), 0);
            let mut due = began + every.mul_f64(at as f64 / f64::from(connections));
            while due < began + Duration::from_secs_f64(seconds) {
                tokio::time::sleep_until(due).await;
                let bytes = request(next.fetch_add(1, Ordering::Relaxed));
                let (status, body) = client.ask(&bytes).await?;
                match status {
                    200..300 => latencies.push(u32::try_from(due.elapsed().as_micros()).unwrap_or(u32::MAX)),
                    429 | 503 => refused += 1,
                    _ => bail!("answered {status}: {}", String::from_utf8_lossy(body)),
                }
                due += every;
            }
            Ok::<_, anyhow::Error>((latencies, refused))
        }
    });
    let gathered = futures::future::try_join_all(work).await?;
    let refused = gathered.iter().map(|(_, refused)| refused).sum();
    let mut latencies: Vec<u32> = gathered.into_iter().flat_map(|(latencies, _)| latencies).collect();
    latencies.sort_unstable();
    Ok((Tally { requests: latencies.len() as u64, seconds: began.elapsed().as_secs_f64(), latencies }, refused))
}

/// A request as it goes on the wire, signed with an API key.
pub fn request(method: &str, path: &str, key: &str, body: Option<(&str, &[u8])>) -> Vec<u8> {
    let mut bytes = format!("{method} {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n").into_bytes();
    if let Some((media_type, content)) = body {
        bytes.extend(format!("Content-Type: {media_type}\r\nContent-Length: {}\r\n\r\n", content.len()).into_bytes());
        bytes.extend_from_slice(content);
    } else {
        bytes.extend(b"Content-Length: 0\r\n\r\n");
    }
    bytes
}
