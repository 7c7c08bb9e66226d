//! A server that follows a script, line by line, and writes down what it was told.

use std::{net::SocketAddr, time::Duration};

use providers::smtp::{SmtpTimeouts, SmtpTransport};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

/// What the server does next.
#[derive(Clone, Copy)]
pub enum Step {
    /// Sends this line (CRLF is added).
    Say(&'static str),
    /// Reads one line that must begin so, and answers with the second line.
    Answer(&'static str, &'static str),
    /// Reads content up to the final dot and answers so.
    Content(&'static str),
    /// Reads content up to the final dot and says nothing.
    Swallow,
    /// Reads this many bytes of content, then cuts the connection.
    CutAfter(usize),
    /// Says nothing until the client leaves.
    Silence,
}

pub use Step::{Answer, Content, CutAfter, Say, Silence, Swallow};

/// Greeting and EHLO with the usual offers.
pub const HELLO: [Step; 2] =
    [Say("220 mail.example.com ESMTP"), Answer("EHLO", "250-mail.example.com\r\n250-8BITMIME\r\n250 SMTPUTF8")];
/// Sender, one recipient, DATA.
pub const ENVELOPE: [Step; 3] =
    [Answer("MAIL", "250 2.1.0 ok"), Answer("RCPT", "250 2.1.5 ok"), Answer("DATA", "354 go on")];

pub struct Server {
    pub address: SocketAddr,
    heard: UnboundedReceiver<String>,
}

/// Starts a server that plays one script per connection, in order, and then refuses.
pub async fn serve(scripts: Vec<Vec<Step>>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (tell, heard) = unbounded_channel();
    tokio::spawn(async move {
        for script in scripts {
            let (stream, _) = listener.accept().await.unwrap();
            let _ = tell.send("(connected)".to_owned());
            tokio::spawn(play(BufReader::new(stream), script, tell.clone()));
        }
    });
    Server { address, heard }
}

/// Plays the script on one connection; ends it with the script.
pub async fn play<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: BufReader<S>,
    script: Vec<Step>,
    tell: UnboundedSender<String>,
) {
    for step in script {
        match step {
            Say(line) => write(&mut stream, line).await,
            Answer(expected, answer) => {
                let Some(line) = read_line(&mut stream).await else { return };
                assert!(line.starts_with(expected), "expected {expected}, heard {line}");
                let _ = tell.send(line);
                write(&mut stream, answer).await;
            }
            Content(answer) => {
                let _ = tell.send(read_content(&mut stream).await);
                write(&mut stream, answer).await;
            }
            Swallow => {
                let _ = tell.send(read_content(&mut stream).await);
            }
            CutAfter(bytes) => {
                let mut content = vec![0; bytes];
                let _ = stream.read_exact(&mut content).await;
                return;
            }
            Silence => while read_line(&mut stream).await.is_some() {},
        }
    }
}

async fn write<S: AsyncWrite + Unpin>(stream: &mut S, line: &str) {
    // A client that gave up is part of some scripts.
    let _ = stream.write_all(format!("{line}\r\n").as_bytes()).await;
    let _ = stream.flush().await;
}

async fn read_line<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<String> {
    let mut line = String::new();
    match stream.read_line(&mut line).await {
        Ok(read) if read > 0 => Some(line.trim_end().to_owned()),
        _ => None,
    }
}

async fn read_content<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> String {
    let mut content = String::new();
    loop {
        let before = content.len();
        if stream.read_line(&mut content).await.unwrap() == 0 || &content[before..] == ".\r\n" {
            return content;
        }
    }
}

impl Server {
    pub fn transport(&self) -> SmtpTransport {
        self.transport_for("", "?tls=none")
    }

    /// `user` such as `ana:secret@`, `rest` such as `?tls=required`.
    pub fn transport_for(&self, user: &str, rest: &str) -> SmtpTransport {
        let url = format!("smtp://{user}{}{rest}", self.address);
        SmtpTransport::from_url(&url, true).unwrap()
    }

    /// Everything heard so far.
    pub fn heard(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        while let Ok(line) = self.heard.try_recv() {
            lines.push(line);
        }
        lines
    }
}

/// For servers that stay silent on purpose: the test waits this long. Where an answer is due the usual, long timeouts
/// apply, so that a busy machine fails no test.
pub fn impatient() -> SmtpTimeouts {
    SmtpTimeouts { command: Duration::from_secs(1), accept: Duration::from_secs(1), ..SmtpTimeouts::default() }
}
