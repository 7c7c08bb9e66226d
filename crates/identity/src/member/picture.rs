//! A member's picture, made anew from what was uploaded (P023): turned upright, cut to a square of 256 points, and
//! written without anything the camera had added. The original is not kept.
//!
//! Refuses what is no JPEG, PNG or WebP by its content, files over 5 MB and pictures whose pixels would fill the memory.

use std::io::Cursor;

use bytes::Bytes;
use files::{Blobs, NewBlob};
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::webp::WebPEncoder, imageops::FilterType,
};
use kernel::{Change, Error, Event, MemberId, Result};
use store::Tx;

use super::Member;

/// Largest upload in bytes.
pub(crate) const LARGEST: usize = 5 << 20;
/// Width and height of what is kept.
const SIDE: u32 = 256;
/// Longest side that is decoded, and the most memory its points may take: 48 million points, as phones make them.
const LONGEST_SIDE: u32 = 12_000;
const MOST_MEMORY: u64 = 200 << 20;

/// The bytes of a picture, as the API description names them.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct PictureBytes(#[allow(dead_code)] Vec<u8>);

/// Makes the picture that is kept, as WebP.
pub(crate) fn clean(upload: &[u8]) -> Result<Bytes> {
    if upload.len() > LARGEST {
        return Err(refuse("picture_too_large", "Choose a picture of at most 5 MB."));
    }
    let mut reader = ImageReader::new(Cursor::new(upload)).with_guessed_format().map_err(Error::internal)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(refuse("picture_type", "Choose a JPEG, PNG or WebP picture."));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let unreadable =
        |_| refuse("picture_unreadable", "This picture cannot be read, or it has too many points. Choose another.");
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(refuse("picture_too_many_points", "This picture has too many points. Choose a smaller one."));
    }
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(orientation);
    // Only the points go on from here: profiles and notes stay behind with the decoder.
    let square = picture.resize_to_fill(SIDE, SIDE, FilterType::Lanczos3).into_rgba8();
    let mut made = Vec::new();
    square.write_with_encoder(WebPEncoder::new_lossless(&mut made)).map_err(Error::internal)?;
    Ok(made.into())
}

/// Gives the member the picture; the one before is erased.
pub(crate) async fn put(tx: &mut Tx, blobs: &Blobs, id: MemberId, cleaned: Bytes) -> Result<Member> {
    let new = NewBlob {
        file_name: "picture.webp".into(),
        media_type: "image/webp".into(),
        bytes: cleaned,
        purpose: "member_picture",
    };
    let blob = blobs.put(tx, new).await?;
    let member: Member = tx.get_locked(id).await?;
    let after = tx.update(&Member { picture_id: Some(blob.id), ..member.clone() }).await?;
    finish(tx, blobs, &member, after).await
}

/// Takes the picture away.
pub(crate) async fn delete(tx: &mut Tx, blobs: &Blobs, id: MemberId) -> Result<Member> {
    let member: Member = tx.get_locked(id).await?;
    if member.picture_id.is_none() {
        return Err(Error::not_found("picture"));
    }
    let after = tx.update(&Member { picture_id: None, ..member.clone() }).await?;
    finish(tx, blobs, &member, after).await
}

async fn finish(tx: &mut Tx, blobs: &Blobs, before: &Member, after: Member) -> Result<Member> {
    if let Some(old) = before.picture_id {
        blobs.delete(tx, old).await?;
    }
    tx.audit(Change::new("member.picture", after.id).before(before).after(&after)).await?;
    tx.emit(Event::new("member.updated", after.id)).await?;
    Ok(after)
}

fn refuse(code: &'static str, message: &str) -> Error {
    Error::invalid("picture", code, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(upload: &[u8]) -> String {
        match clean(upload) {
            Err(Error::Invalid { fields }) => fields[0].code.clone(),
            other => panic!("{other:?}"),
        }
    }

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    }

    /// A JPEG with an APP1 segment as cameras write it: Exif, turned by 90 degrees, with a GPS remark.
    fn from_a_camera() -> Vec<u8> {
        // Left half red, right half blue.
        let picture =
            image::RgbImage::from_fn(
                64,
                32,
                |x, _| if x < 32 { image::Rgb([255, 0, 0]) } else { image::Rgb([0, 0, 255]) },
            );
        let jpeg = encoded(&picture.into(), ImageFormat::Jpeg);
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"GPS 19.4326N 99.1332W");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn p023_a_picture_is_turned_upright_and_loses_what_the_camera_wrote() {
        let made = clean(&from_a_camera()).unwrap();
        for remark in [&b"GPS"[..], b"Exif", b"19.4326"] {
            assert!(!made.windows(remark.len()).any(|w| w == remark));
        }
        let picture = image::load_from_memory_with_format(&made, ImageFormat::WebP).unwrap().into_rgb8();
        assert_eq!(picture.dimensions(), (SIDE, SIDE));
        // Turned clockwise, red is above blue.
        assert!(picture.get_pixel(128, 20)[0] > 200 && picture.get_pixel(128, 235)[2] > 200);
    }

    #[test]
    fn p023_what_is_no_picture_is_refused_by_its_content() {
        assert_eq!(code(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "picture_type");
        assert_eq!(code(b"GIF89a"), "picture_type");
        assert_eq!(code(b""), "picture_type");
        assert_eq!(code(b"\x89PNG\r\n\x1a\nrubbish"), "picture_unreadable");
        assert_eq!(code(&vec![0; LARGEST + 1]), "picture_too_large");
        // A PNG that says it is 60,000 points wide and high.
        let mut bomb = encoded(&DynamicImage::new_rgb8(1, 1), ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
        let sum = crc(&bomb[12..29]).to_be_bytes();
        bomb[29..33].copy_from_slice(&sum);
        assert_eq!(code(&bomb), "picture_unreadable");
        // Within the longest side, and too many points all the same.
        bomb[16..24].copy_from_slice(&[0, 0, 0x2E, 0xE0, 0, 0, 0x2E, 0xE0]);
        let sum = crc(&bomb[12..29]).to_be_bytes();
        bomb[29..33].copy_from_slice(&sum);
        assert_eq!(code(&bomb), "picture_too_many_points");
    }

    /// CRC-32 of a PNG chunk (ISO 3309), so that only the size is wrong.
    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32, byte: &u8| {
            (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { 0xEDB8_8320 ^ (c >> 1) } else { c >> 1 })
        };
        !bytes.iter().fold(u32::MAX, step)
    }
}
