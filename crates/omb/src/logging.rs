//! Logs as JSON to standard error, and traces to an OpenTelemetry collector where one is configured.
//!
//! Invariant: only this program's own words are written below the level of warnings, whatever `OMB_LOG` says. Libraries
//! log what passes through them, statements with their values and mails with their addresses among it.

use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::{Resource, propagation::TraceContextPropagator, trace::SdkTracerProvider};
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    filter::{FilterExt, filter_fn},
    fmt::MakeWriter,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// The crates of this program.
pub const OURS: &[&str] = &[
    "capabilities",
    "crm",
    "edge",
    "files",
    "fiscal",
    "forms",
    "home",
    "hooks",
    "identity",
    "jobs",
    "kernel",
    "leads",
    "locale",
    "mail",
    "omb",
    "payments",
    "pdf",
    "providers",
    "sales",
    "sandbox",
    "store",
    "tabular",
    "trust",
];

/// The variables of the OpenTelemetry specification that say where traces go.
const ENDPOINTS: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

/// Traces on their way out, if any are.
pub struct Traces(Option<SdkTracerProvider>);

impl Traces {
    /// Sends what has not been sent yet.
    pub fn end(self) {
        if let Some(Err(error)) = self.0.map(|provider| provider.shutdown()) {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

/// Why traces cannot be exported.
#[derive(Debug, thiserror::Error)]
#[error("traces cannot be exported: {0}. Check OTEL_EXPORTER_OTLP_ENDPOINT, or unset it.")]
pub struct ExportError(String);

/// Starts logging, and exporting where `OTEL_EXPORTER_OTLP_ENDPOINT` is set. Called once, outside of a runtime.
pub fn start() -> Result<Traces, ExportError> {
    let filter = EnvFilter::try_from_env("OMB_LOG").unwrap_or_else(|_| "warn".into());
    let configured = ENDPOINTS.iter().any(|name| std::env::var(name).is_ok_and(|value| !value.trim().is_empty()));
    let provider = configured.then(provider).transpose()?;
    let exporting = provider.as_ref().map(|provider| {
        tracing_opentelemetry::layer()
            .with_tracer(provider.tracer("omb"))
            .with_filter(filter_fn(|meta| is_ours(meta) && *meta.level() <= Level::DEBUG))
    });
    tracing_subscriber::registry().with(written(filter, std::io::stderr)).with(exporting).init();
    Ok(Traces(provider))
}

/// The log itself: one JSON object a line.
pub fn written<W>(filter: EnvFilter, to: W) -> impl Layer<Registry> + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let ours = filter_fn(|meta| is_ours(meta) || *meta.level() <= Level::WARN);
    // A log that cannot be written, to a full disk perhaps, is no reason to fail, nor to write about it to the same place.
    let layer = tracing_subscriber::fmt::layer().json().flatten_event(true).log_internal_errors(false);
    layer.with_writer(to).with_filter(filter.and(ours))
}

fn provider() -> Result<SdkTracerProvider, ExportError> {
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .build()
        .map_err(|error| ExportError(error.to_string()))?;
    opentelemetry::global::set_text_map_propagator(TraceContextPropagator::new());
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES are read by the builder.
    let resource = Resource::builder();
    let resource =
        if std::env::var_os("OTEL_SERVICE_NAME").is_some() { resource } else { resource.with_service_name("omb") };
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource.build()).build())
}

fn is_ours(meta: &Metadata<'_>) -> bool {
    let name = meta.target().split("::").next().unwrap_or_default();
    OURS.contains(&name)
}

/// The log without an export: what a test reads.
pub fn subscriber<W>(filter: EnvFilter, to: W) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    tracing_subscriber::registry().with(written(filter, to))
}
