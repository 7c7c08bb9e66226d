//! Units of measure as people write them on lines, as codes of UNECE Recommendation 20 (BT-130).

use super::check::is_unit;
use super::text::Code;

/// One of something: for what has no unit, or one that no list knows. The words stay in the description.
const ONE: &str = "C62";

/// Codes with the words for them in English, Spanish, Portuguese and French, in small letters.
const WORDS: [(&str, &str); 33] = [
    (
        ONE,
        "u ud uds un unit units unidad unidades unidade unidades unité unités pc pcs piece pieces pieza piezas peça pièce",
    ),
    ("HUR", "h hr hrs hour hours hora horas heure heures"),
    ("MIN", "min mins minute minutes minuto minutos"),
    ("DAY", "d day days día días dia dias jour jours"),
    ("WEE", "week weeks semana semanas semaine semaines"),
    ("MON", "month months mes meses mês mois"),
    ("ANN", "year years año años ano anos an ans année"),
    ("KGM", "kg kilo kilos kilogram kilogramo"),
    ("GRM", "g gr gram grams gramo gramos"),
    ("TNE", "t ton tonne tonnes tonelada toneladas"),
    ("LBR", "lb lbs pound pounds"),
    ("ONZ", "oz ounce ounces"),
    ("MTR", "m metre metres meter meters metro metros mètre"),
    ("CMT", "cm"),
    ("MMT", "mm"),
    ("KMT", "km"),
    ("FOT", "ft foot feet"),
    ("INH", "in inch inches"),
    ("SMI", "mi mile miles"),
    ("MTK", "m2 m² sqm"),
    ("MTQ", "m3 m³"),
    ("FTK", "ft2 ft² sqft"),
    ("LTR", "l litre litres liter liters litro litros"),
    ("MLT", "ml"),
    ("GLL", "gal gallon gallons"),
    ("KWH", "kwh"),
    ("SET", "set sets juego jogo"),
    ("PR", "pair pairs par pares paire"),
    ("DZN", "dozen docena dúzia douzaine"),
    ("XBX", "box boxes caja cajas caixa caixas boîte"),
    ("XPK", "pack packs package paquete pacote paquet"),
    ("LS", "lump flat forfait global"),
    ("P1", "% percent"),
];

/// The code for a unit as it was written; a code of the list stays as it is, and what is unknown is one.
pub fn unit(written: Option<&str>) -> Code {
    let written = written.unwrap_or_default().trim().trim_end_matches('.');
    if is_unit(written) {
        return Code::known(written);
    }
    let word = written.to_lowercase();
    let is_meant = |(_, words): &&(&str, &str)| words.split(' ').any(|known| known == word);
    Code::known(WORDS.iter().find(is_meant).map_or(ONE, |(code, _)| code))
}
