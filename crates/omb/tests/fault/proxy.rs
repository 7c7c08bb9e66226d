//! A proxy between the program and its database that can fall silent or hang up.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    Fair,
    /// Connections stay open, and nothing comes through.
    Silent,
    /// Connections are cut, and new ones too.
    Cut,
}

pub struct Proxy {
    pub port: u16,
    weather: watch::Sender<Weather>,
}

impl Proxy {
    pub async fn start(target: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (weather, seen) = watch::channel(Weather::Fair);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let seen = seen.clone();
                tokio::spawn(async move {
                    if let Ok(far) = TcpStream::connect(("127.0.0.1", target)).await {
                        let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
                        tokio::select! {
                            () = pass(near_in, far_out, seen.clone()) => {}
                            () = pass(far_in, near_out, seen) => {}
                        }
                    }
                });
            }
        });
        Self { port, weather }
    }

    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }
}

async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut weather: watch::Receiver<Weather>) {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        let read = tokio::select! {
            read = from.read(&mut bytes) => read,
            _ = weather.wait_for(|w| *w == Weather::Cut) => return,
        };
        let Ok(1..) = read else { return };
        let now = weather.wait_for(|w| *w != Weather::Silent).await.map(|w| *w);
        let read = read.unwrap_or(0);
        if !matches!(now, Ok(Weather::Fair)) || to.write_all(&bytes[..read]).await.is_err() {
            return;
        }
    }
}
