//! The records of one custom object as rows, in a file that is called as they are.

use axum::{extract::State, response::Response};
use edge::{App, May, Path};
use kernel::{Can, Result, Uuid, id::Id};
use store::{Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Exported, PAGE, as_csv, as_workbook, moment, named, own};
use crate::{
    field::custom::{CustomField, CustomObject},
    name,
    object::{self, ObjectId},
    record::{CustomRecord, ExportCustomRecords},
};

#[derive(Clone)]
struct Records {
    object: ObjectId,
    called: String,
}

impl Records {
    /// Of an object that is there, archived or not.
    async fn of(store: &Store, can: &Can<ExportCustomRecords>, id: ObjectId) -> Result<Self> {
        let object = object::one(&mut store.read(can).await?, id).await?;
        Ok(Self { object: object.id, called: object.plural })
    }
}

impl Exported for Records {
    type May = ExportCustomRecords;
    const TABLE: &'static str = "custom_record";
    const ACTION: &'static str = "custom_record.export";
    const HEADER: &'static [&'static str] = &["name", "owner", "created_at"];

    fn file(&self) -> &str {
        &self.called
    }

    fn object(&self) -> CustomObject {
        CustomObject::Own(self.object)
    }

    async fn page(&self, tx: &mut Tx, after: Uuid, fields: &[CustomField]) -> Result<(Vec<Vec<String>>, Option<Uuid>)> {
        let query = tx.select::<CustomRecord>().and("custom_record.object_id =", self.object);
        let query = query.push(" AND custom_record.deleted_at IS NULL").and("custom_record.id >", after);
        let records: Vec<CustomRecord> = tx.all(query.push(" ORDER BY custom_record.id LIMIT ").bind(PAGE)).await?;
        let last = records.last().map(|record| record.id.uuid());
        let owners = name::members(tx, records.iter().map(|record| record.owner_id)).await?;
        let names = named(tx, records.iter().map(|record| &record.custom.0)).await?;
        let whole = |record: CustomRecord| -> Vec<String> {
            let owner = record.owner_id.and_then(|id| owners.name(id)).unwrap_or_default();
            let own = own(fields, &record.custom.0, &names);
            [record.name, owner, moment(record.created_at)].into_iter().chain(own).collect()
        };
        Ok((records.into_iter().map(whole).collect(), last))
    }
}

#[utoipa::path(get, path = "/api/v1/custom-objects/{id}/records/export.csv", operation_id = "custom_record_export",
    tag = "custom objects", params(("id" = ObjectId, Path)),
    responses((status = 200, description = "Every record of the object", content_type = "text/csv", body = String)))]
async fn custom_record_export(
    May(can): May<ExportCustomRecords>,
    State(store): State<Store>,
    Path(object): Path<ObjectId>,
) -> edge::Result<Response> {
    let records = Records::of(&store, &can, object).await?;
    Ok(as_csv(records, store, can).await?)
}

#[utoipa::path(get, path = "/api/v1/custom-objects/{id}/records/export.xlsx", operation_id = "custom_record_export_workbook",
    tag = "custom objects", params(("id" = ObjectId, Path)),
    responses((status = 200, description = "Every record of the object, as a workbook", body = Vec<u8>,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn custom_record_export_workbook(
    May(can): May<ExportCustomRecords>,
    State(store): State<Store>,
    Path(object): Path<ObjectId>,
) -> edge::Result<Response> {
    let records = Records::of(&store, &can, object).await?;
    Ok(as_workbook(records, store, can).await?)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(custom_record_export)).routes(routes!(custom_record_export_workbook))
}
