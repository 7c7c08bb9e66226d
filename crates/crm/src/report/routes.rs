//! Reports on the wire: as a table, and as a file.

use axum::{body::Body, extract::State, response::Response};
use edge::{App, Json, May, Path, Query};
use kernel::{Change, Error, Result, TenantId};
use serde_json::json;
use store::Store;
use tabular::{CsvWriter, ExportOptions};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{ExportReports, ReadReports, Report, ReportKind, ReportQuery, report};
use crate::{export::attachment, pipeline};

#[utoipa::path(get, path = "/api/v1/reports/{kind}", operation_id = "report_get", tag = "reports",
    params(("kind" = ReportKind, Path), ReportQuery),
    responses((status = 200, description = "The report as a table", body = Report)))]
async fn report_get(
    May(can): May<ReadReports>,
    State(store): State<Store>,
    Path(kind): Path<ReportKind>,
    Query(query): Query<ReportQuery>,
) -> edge::Result<Json<Report>> {
    let pipelines = pipeline::existing(&store, &can).await?;
    Ok(Json(report(&mut store.read(&can).await?, pipelines, kind, &query).await?))
}

#[utoipa::path(get, path = "/api/v1/reports/{kind}/export.csv", operation_id = "report_export", tag = "reports",
    params(("kind" = ReportKind, Path), ReportQuery),
    responses((status = 200, description = "The same table as CSV; the trail says who took it", content_type = "text/csv", body = String)))]
async fn report_export(
    May(can): May<ExportReports>,
    State(store): State<Store>,
    Path(kind): Path<ReportKind>,
    Query(query): Query<ReportQuery>,
) -> edge::Result<Response> {
    let pipelines = pipeline::existing(&store, &can).await?;
    let mut tx = store.begin(&can).await?;
    let table = report(&mut tx, pipelines, kind, &query).await?;
    let tenant: TenantId = tx.tenant_id();
    let taken = json!({ "report": kind, "rows": table.rows.len(), "from": table.from, "to": table.to });
    tx.audit(Change { after: Some(taken), ..Change::new("report.export", tenant) }).await?;
    tx.commit().await?;
    Ok(attachment("text/csv; charset=utf-8", &format!("report-{kind}.csv"), Body::from(written(&table)?)))
}

fn written(table: &Report) -> Result<Vec<u8>> {
    let head = table.columns.iter().map(|column| match column.currency {
        Some(currency) => format!("{}_{}", column.key, currency.code().to_lowercase()),
        None => column.key.clone(),
    });
    let mut rows = vec![std::iter::once("label".to_owned()).chain(head).collect::<Vec<_>>()];
    rows.extend(table.rows.iter().map(|row| {
        let label = row.label.clone().or_else(|| row.special.clone()).unwrap_or_default();
        std::iter::once(label).chain(row.values.iter().map(|value| value.clone().unwrap_or_default())).collect()
    }));
    let options = ExportOptions { bom: true, ..ExportOptions::default() };
    let mut csv = CsvWriter::new(Vec::new(), options).map_err(Error::internal)?;
    for row in rows {
        csv.write(row).map_err(Error::internal)?;
    }
    csv.finish().map_err(Error::internal)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(report_get)).routes(routes!(report_export))
}
