//! Names of people and companies, spread so that beginnings of words find few or thousands of them, as in life.

pub const GIVEN: [&str; 40] = [
    "María",
    "Carmen",
    "Ana",
    "Isabel",
    "Laura",
    "Cristina",
    "Marta",
    "Lucía",
    "Elena",
    "Pilar",
    "Rosa",
    "Teresa",
    "Sofía",
    "Irene",
    "Noelia",
    "Alba",
    "Julia",
    "Andrea",
    "Silvia",
    "Nuria",
    "Antonio",
    "José",
    "Manuel",
    "Francisco",
    "David",
    "Juan",
    "Javier",
    "Daniel",
    "Carlos",
    "Miguel",
    "Alejandro",
    "Rafael",
    "Pedro",
    "Ángel",
    "Pablo",
    "Sergio",
    "Fernando",
    "Jorge",
    "Mario",
    "Iñaki",
];

pub const FAMILY: [&str; 50] = [
    "García",
    "Rodríguez",
    "González",
    "Fernández",
    "López",
    "Martínez",
    "Sánchez",
    "Pérez",
    "Gómez",
    "Martín",
    "Jiménez",
    "Ruiz",
    "Hernández",
    "Díaz",
    "Moreno",
    "Muñoz",
    "Álvarez",
    "Romero",
    "Alonso",
    "Gutiérrez",
    "Navarro",
    "Torres",
    "Domínguez",
    "Vázquez",
    "Ramos",
    "Gil",
    "Ramírez",
    "Serrano",
    "Blanco",
    "Molina",
    "Morales",
    "Suárez",
    "Ortega",
    "Delgado",
    "Castro",
    "Ortiz",
    "Rubio",
    "Marín",
    "Sanz",
    "Núñez",
    "Iglesias",
    "Medina",
    "Garrido",
    "Cortés",
    "Castillo",
    "Santos",
    "Lozano",
    "Guerrero",
    "Cano",
    "Prieto",
];

pub const CITIES: [&str; 20] = [
    "Madrid",
    "Barcelona",
    "Valencia",
    "Sevilla",
    "Zaragoza",
    "Málaga",
    "Murcia",
    "Palma",
    "Bilbao",
    "Alicante",
    "Córdoba",
    "Valladolid",
    "Vigo",
    "Gijón",
    "Granada",
    "Elche",
    "Oviedo",
    "Cartagena",
    "Jerez",
    "Sabadell",
];

pub const JOBS: [&str; 8] =
    ["Gerente", "Compras", "Administración", "Logística", "Ventas", "Dirección", "Taller", "Recepción"];

const TRADES: [&str; 16] = [
    "Talleres",
    "Transportes",
    "Panadería",
    "Clínica",
    "Autoescuela",
    "Construcciones",
    "Hortalizas",
    "Floristería",
    "Suministros",
    "Instalaciones",
    "Gestoría",
    "Óptica",
    "Carpintería",
    "Limpiezas",
    "Electricidad",
    "Reformas",
];

/// A given name and two family names.
pub fn person(n: usize) -> (String, String) {
    let given = GIVEN[n % GIVEN.len()].to_owned();
    let family = format!("{} {}", FAMILY[n / 40 % FAMILY.len()], FAMILY[(n / 2000 + n * 13) % FAMILY.len()]);
    (given, family)
}

pub fn company(n: usize) -> String {
    format!("{} {} {n}", TRADES[n % TRADES.len()], FAMILY[n / 16 % FAMILY.len()])
}

/// An address nobody else has; ASCII, as most people's are.
pub fn address(given: &str, family: &str, n: usize) -> String {
    let plain = |text: &str| -> String {
        text.to_lowercase().split(' ').next().unwrap_or_default().chars().map(ascii).collect()
    };
    format!("{}.{}{n}@correo.example", plain(given), plain(family))
}

fn ascii(c: char) -> char {
    match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        c => c,
    }
}

/// A Spanish mobile number in E.164.
pub fn number(n: usize) -> String {
    format!("+346{:08}", 10_000_000 + n)
}
