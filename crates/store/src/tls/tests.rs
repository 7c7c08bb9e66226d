//! P174 towards PostgreSQL: against a server of the test's own, with a certificate of the test's own. Tried where
//! `TEST_DATABASE_URL` asks for PostgreSQL and a server is installed.

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use kernel::value::Column;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use super::*;
use crate::{
    Sql,
    driver::Access,
    error::{Error, Result},
    postgres::Postgres,
};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../script/postgres");

/// A cluster that takes TLS. Stopped and deleted when dropped.
struct Server {
    name: String,
    url: String,
    folder: tempfile::TempDir,
}

fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

impl Server {
    /// None, with a reason on standard error, where it cannot be started.
    fn start(label: &str) -> Option<Self> {
        if std::env::var_os("TEST_DATABASE_URL").is_none() {
            eprintln!("skipped: TEST_DATABASE_URL asks for no PostgreSQL");
            return None;
        }
        let name = format!("tls-{label}-{}", std::process::id());
        let started = Command::new(SCRIPT).args(["start", &name]).output().unwrap();
        if !started.status.success() {
            eprintln!("skipped: {}", String::from_utf8_lossy(&started.stderr));
            return None;
        }
        let url = String::from_utf8(started.stdout).unwrap().trim().to_owned();
        let server = Self { name, url, folder: tempfile::tempdir().unwrap() };
        let ca = authority("Test authority");
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &ca).unwrap();
        std::fs::write(server.file("ca.pem"), ca.pem()).unwrap();
        std::fs::write(server.file("other.pem"), authority("Another authority").pem()).unwrap();
        // Written by the server itself, because it must own its key.
        for (file, pem) in [("server.key", key.serialize_pem()), ("server.crt", certificate.pem())] {
            server.psql(&format!(
                "COPY (SELECT unnest(string_to_array('{}', E'\\n'))) TO PROGRAM 'umask 077; cat > {file}'",
                pem.trim()
            ));
        }
        server.psql("ALTER SYSTEM SET ssl = on");
        server.psql("SELECT pg_reload_conf()");
        Some(server)
    }

    /// As the cluster's superuser.
    fn psql(&self, statement: &str) {
        let mut psql = Command::new(SCRIPT)
            .args(["psql", &self.name])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        writeln!(psql.stdin.take().unwrap(), "\\set ON_ERROR_STOP on\n{statement};").unwrap();
        assert!(psql.wait().unwrap().success(), "{statement}");
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `{ca}` and `{other}` of the query become the files of the authorities.
    fn address(&self, host: &str, query: &str) -> PostgresAddress {
        let query = query
            .replace("{ca}", self.file("ca.pem").to_str().unwrap())
            .replace("{other}", self.file("other.pem").to_str().unwrap());
        PostgresAddress::parse(&format!("{}?{query}", self.url.replace("127.0.0.1", host))).unwrap()
    }

    /// What the server says of the connection: the version of TLS, or `none`.
    async fn speaks(&self, host: &str, query: &str) -> Result<String> {
        speaks(self.address(host, query)).await
    }
}

async fn speaks(address: PostgresAddress) -> Result<String> {
    let mut connection = Postgres::open(address, 1, false)?.acquire(Access::Read).await?;
    let query = "SELECT coalesce(version, 'none') FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let mut answer = connection.run(vec![Sql::new(query)]).await?;
    Ok(String::from_value(answer.values.remove(0)).unwrap())
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(Command::new(SCRIPT).args(["stop", &self.name]).stderr(Stdio::null()).status());
    }
}

#[track_caller]
fn refused(answer: Result<String>, part: &str) {
    match answer {
        Err(Error::Unavailable { detail }) => assert!(detail.contains(part), "{part:?} is not in: {detail}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn p174_postgres_is_spoken_to_over_tls_and_its_certificate_checked_as_asked() {
    let Some(server) = Server::start("modes") else { return };
    // The reload takes a moment.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while server.speaks("localhost", "sslmode=require").await.is_err() && std::time::Instant::now() < deadline {
        tokio::task::yield_now().await;
    }
    for query in [
        "",
        "sslmode=prefer",
        "sslmode=require",
        "sslmode=verify-ca&sslrootcert={ca}",
        "sslmode=verify-full&sslrootcert={ca}",
    ] {
        assert_eq!(server.speaks("localhost", query).await.unwrap(), "TLSv1.3", "{query}");
    }
    assert_eq!(server.speaks("localhost", "sslmode=disable").await.unwrap(), "none");
    // The certificate is made out to localhost.
    assert_eq!(server.speaks("127.0.0.1", "sslmode=verify-ca&sslrootcert={ca}").await.unwrap(), "TLSv1.3");
    refused(server.speaks("127.0.0.1", "sslmode=verify-full&sslrootcert={ca}").await, "not valid for name");
    for mode in ["require", "verify-ca", "verify-full"] {
        let query = format!("sslmode={mode}&sslrootcert={{other}}");
        refused(server.speaks("localhost", &query).await, "certificate");
    }
    server.psql("ALTER SYSTEM SET ssl_min_protocol_version = 'TLSv1'");
    server.psql("ALTER SYSTEM SET ssl_max_protocol_version = 'TLSv1.2'");
    server.psql("SELECT pg_reload_conf()");
    while server.speaks("localhost", "").await.is_ok_and(|version| version == "TLSv1.3") {}
    assert_eq!(server.speaks("localhost", "sslmode=require").await.unwrap(), "TLSv1.2");
    server.psql("ALTER SYSTEM SET ssl_max_protocol_version = 'TLSv1.1'");
    server.psql("SELECT pg_reload_conf()");
    while server.speaks("localhost", "sslmode=require").await.is_ok() {}
    refused(server.speaks("localhost", "sslmode=require").await, "TLS");
}

#[tokio::test]
async fn p174_a_server_without_tls_is_refused_where_tls_is_wanted() {
    let Ok(url) = std::env::var("TEST_DATABASE_URL") else { return };
    let with = |mode: &str| PostgresAddress::parse(&format!("{url}?sslmode={mode}")).unwrap();
    if speaks(with("prefer")).await.unwrap() != "none" {
        eprintln!("skipped: the server of TEST_DATABASE_URL takes TLS");
        return;
    }
    refused(speaks(with("require")).await, "offers no TLS");
    refused(speaks(with("require")).await, "sslmode=disable");
}

#[test]
fn p174_without_a_word_tls_is_required_beyond_this_machine() {
    let mode = |url: &str| {
        let address = PostgresAddress::parse(url).unwrap();
        (address.config.get_ssl_mode(), address.trust)
    };
    for local in ["localhost", "127.0.0.1", "[::1]", "%2Fvar%2Frun%2Fpostgresql"] {
        assert_eq!(mode(&format!("postgres://u:p@{local}/d")), (SslMode::Prefer, Trust::Anybody), "{local}");
    }
    for remote in ["db.example", "10.0.0.5", "localhost.example", "localhost,db.example"] {
        assert_eq!(mode(&format!("postgres://u:p@{remote}/d")), (SslMode::Require, Trust::Anybody), "{remote}");
    }
    assert_eq!(mode("postgres://u@db.example/d?sslmode=disable"), (SslMode::Disable, Trust::Anybody));
    assert_eq!(mode("postgres://u@db.example/d?sslrootcert=/a.pem"), (SslMode::Require, Trust::Authority));
    assert_eq!(mode("postgres://u@db.example/d?sslmode=verify-full"), (SslMode::Require, Trust::Host));
    let kept = PostgresAddress::parse(
        "postgres://u@db.example/d?application_name=omb&sslmode=verify-ca&sslrootcert=%2Fa%20b.pem",
    )
    .unwrap();
    assert_eq!((kept.config.get_application_name(), kept.authorities.as_deref()), (Some("omb"), Some("/a b.pem")));
    let wrong = PostgresAddress::parse("postgres://u:secret@db.example/d?sslmode=maybe").unwrap_err();
    assert!(wrong.contains("verify-full") && !wrong.contains("secret"), "{wrong}");
    assert!(PostgresAddress::parse("postgres://u@db.example/d?sslrootcert=/nowhere.pem").unwrap().connector().is_err());
}
