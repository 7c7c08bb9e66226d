//! A picture made anew: turned upright and written without anything the camera or a program had added.

use std::io::Cursor;

use bytes::Bytes;
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
};
use kernel::{Error, Result};

use super::kind::{JPEG, Known, PNG};

/// Longest side that is decoded, and the most memory its points may take: 48 million points, as phones make them.
const LONGEST_SIDE: u32 = 12_000;
const MOST_MEMORY: u64 = 200 << 20;

/// The same picture in the same format, of its points alone.
///
/// # Errors
/// `file_broken`.
pub(crate) fn clean(field: &str, bytes: &[u8], known: Known) -> Result<Bytes> {
    let broken =
        || Error::invalid(field, "file_broken", "This picture cannot be read, or it is too large. Choose another.");
    let format = match known {
        JPEG => ImageFormat::Jpeg,
        PNG => ImageFormat::Png,
        _ => ImageFormat::WebP,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| broken())?;
    if decoder.total_bytes() > MOST_MEMORY {
        return Err(broken());
    }
    let orientation = decoder.orientation().map_err(|_| broken())?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| broken())?;
    picture.apply_orientation(orientation);
    let mut made = Vec::new();
    // Turned into what is written and not copied to it: a large picture is in memory once.
    let written = match format {
        ImageFormat::Jpeg => picture.into_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut made, 88)),
        ImageFormat::Png => picture.into_rgba8().write_with_encoder(PngEncoder::new(&mut made)),
        _ => picture.into_rgba8().write_with_encoder(WebPEncoder::new_lossless(&mut made)),
    };
    written.map_err(Error::internal)?;
    Ok(made.into())
}
