//! Notes on the wire.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Versioned};
use store::Store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    NoteId, WriteNotes,
    create::{NewNote, create},
    delete::delete,
    update::{ChangeNote, update},
    view::{NoteView, view},
};

#[utoipa::path(post, path = "/api/v1/notes", operation_id = "note_create", tag = "notes", request_body = NewNote,
    responses((status = 201, description = "The note; it stands on the record's timeline", body = NoteView)))]
async fn note_create(
    May(can): May<WriteNotes>,
    State(store): State<Store>,
    Json(input): Json<NewNote>,
) -> edge::Result<Created<NoteView>> {
    let mut tx = store.begin(&can).await?;
    let note = create(&mut tx, input).await?;
    let (location, version) = (format!("/api/v1/timeline?subject={}", note.subject), note.version);
    let body = view(&mut tx, note).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(patch, path = "/api/v1/notes/{id}", operation_id = "note_update", tag = "notes", request_body = ChangeNote,
    params(("id" = NoteId, Path), ("If-Match" = String, Header, description = "The version that was read")),
    responses((status = 200, description = "As it now is", body = NoteView)))]
async fn note_update(
    May(can): May<WriteNotes>,
    State(store): State<Store>,
    Path(id): Path<NoteId>,
    IfMatch(version): IfMatch,
    Json(change): Json<ChangeNote>,
) -> edge::Result<Versioned<NoteView>> {
    let mut tx = store.begin(&can).await?;
    let note = update(&mut tx, id, version, change).await?;
    let answer = Versioned(note.version, view(&mut tx, note).await?);
    tx.commit().await?;
    Ok(answer)
}

#[utoipa::path(delete, path = "/api/v1/notes/{id}", operation_id = "note_delete", tag = "notes", params(("id" = NoteId, Path)),
    responses((status = 204, description = "Deleted")))]
async fn note_delete(
    May(can): May<WriteNotes>,
    State(store): State<Store>,
    Path(id): Path<NoteId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    delete(&mut tx, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(note_create)).routes(routes!(note_update, note_delete))
}
