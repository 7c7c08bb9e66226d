//! The metadata of Factur-X: what kind of invoice is where, and the schema that PDF/A demands for such words.

use super::FILE;

const NAMESPACE: &str = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";
/// Where the schemas of a packet begin.
const SCHEMAS: &str = "<pdfaExtension:schemas><rdf:Bag>";
const END: &str = "</rdf:RDF>";

/// Name, value and description of each property.
const PROPERTIES: [(&str, &str, &str); 4] = [
    ("DocumentFileName", FILE, "name of the embedded XML invoice file"),
    ("DocumentType", "INVOICE", "INVOICE"),
    ("Version", "1.0", "version of the Factur-X data"),
    ("ConformanceLevel", "EN 16931", "profile of the Factur-X data"),
];

/// The packet with schema and properties; `None` if it is not made as expected.
pub(super) fn described(packet: &str) -> Option<String> {
    let (before, rest) = packet.split_once(SCHEMAS)?;
    let (between, after) = rest.split_once(END)?;
    Some(format!("{before}{SCHEMAS}{}{between}{}{END}{after}", schema(), properties()))
}

fn schema() -> String {
    let property = |(name, _, description): &(&str, &str, &str)| {
        format!(
            "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{name}</pdfaProperty:name>\
             <pdfaProperty:valueType>Text</pdfaProperty:valueType>\
             <pdfaProperty:category>external</pdfaProperty:category>\
             <pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"
        )
    };
    let properties: String = PROPERTIES.iter().map(property).collect();
    format!(
        "<rdf:li rdf:parseType=\"Resource\" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
         xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\
         <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>\
         <pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>\
         <pdfaSchema:prefix>fx</pdfaSchema:prefix>\
         <pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
}

fn properties() -> String {
    let values: String = PROPERTIES.iter().map(|(name, value, _)| format!("<fx:{name}>{value}</fx:{name}>")).collect();
    format!("<rdf:Description rdf:about=\"\" xmlns:fx=\"{NAMESPACE}\">{values}</rdf:Description>")
}
