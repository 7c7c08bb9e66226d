//! Who is in the story: the owner and the customers.

use anyhow::Result;
use crm::{
    company::{self, CompanyId, create::NewCompany},
    contact::{self, ContactId, create::NewContact},
};
use identity::SignUp;
use kernel::Language;

use super::Stage;

/// The owner of the garage.
pub fn owner(email: &str, password: &str) -> SignUp {
    SignUp {
        company_name: "Talleres Aurora".into(),
        country: "ES".into(),
        tax_id: Some("B58378431".into()),
        tax_id_confirmed: false,
        currency: "EUR".into(),
        language: "es".into(),
        time_zone: "Europe/Madrid".into(),
        name: "Ana Ruiz".into(),
        email: email.into(),
        phone: Some("+34612345678".into()),
        password: password.into(),
        business_use: true,
        is_16_or_older: true,
    }
}

/// A customer and the person one talks to there.
#[derive(Debug, Clone, Copy)]
pub struct Customer {
    pub company: CompanyId,
    pub contact: ContactId,
}

struct Known {
    name: &'static str,
    country: &'static str,
    city: &'static str,
    street: &'static str,
    postal_code: &'static str,
    website: &'static str,
    tags: &'static [&'static str],
    person: (&'static str, &'static str, &'static str),
    phone: &'static str,
    language: Language,
}

#[rustfmt::skip]
const KNOWN: [Known; 12] = [
    Known { name: "Reparto Levante", country: "ES", city: "Valencia", street: "Avenida del Puerto 112", postal_code: "46023", website: "repartolevante.example", tags: &["flota"], person: ("Lucía", "Prieto", "Jefa de flota"), phone: "+34963123456", language: Language::Es },
    Known { name: "Panadería Soler", country: "ES", city: "Paterna", street: "Carrer Major 8", postal_code: "46980", website: "panaderiasoler.example", tags: &["furgoneta"], person: ("Joan", "Soler", "Gerente"), phone: "+34961234567", language: Language::Es },
    Known { name: "Clínica Veterinaria Albufera", country: "ES", city: "Silla", street: "Calle del Lago 3", postal_code: "46460", website: "vetalbufera.example", tags: &[], person: ("Marta", "Gil Ferrer", "Administración"), phone: "+34961203040", language: Language::Es },
    Known { name: "Autoescuela Norte", country: "ES", city: "Burjassot", street: "Avenida de Ademuz 77", postal_code: "46100", website: "autoescuelanorte.example", tags: &["flota"], person: ("Iván", "Cano", "Director"), phone: "+34963604050", language: Language::Es },
    Known { name: "Taxi Unión Cooperativa", country: "ES", city: "Valencia", street: "Calle de Cuenca 41", postal_code: "46007", website: "taxiunion.example", tags: &["flota", "prioritario"], person: ("Amparo", "Llorens", "Presidenta"), phone: "+34963571313", language: Language::Es },
    Known { name: "Hortalizas del Turia", country: "ES", city: "Quart de Poblet", street: "Camino de la Huerta s/n", postal_code: "46930", website: "hortalizasturia.example", tags: &["furgoneta"], person: ("Vicent", "Marí", "Logística"), phone: "+34961522233", language: Language::Es },
    Known { name: "Transportes Lusitânia", country: "PT", city: "Lisboa", street: "Rua do Ouro 210", postal_code: "1100-063", website: "lusitania.example", tags: &["internacional"], person: ("Inês", "Carvalho", "Compras"), phone: "+351213456789", language: Language::Pt },
    Known { name: "Garage Bellecour", country: "FR", city: "Lyon", street: "12 rue de la Charité", postal_code: "69002", website: "bellecour.example", tags: &["internacional"], person: ("Élodie", "Marchand", "Gérante"), phone: "+33472123456", language: Language::Fr },
    Known { name: "Sunline Tours", country: "GB", city: "Brighton", street: "4 Marine Parade", postal_code: "BN2 1TL", website: "sunline.example", tags: &["internacional", "autocar"], person: ("Hannah", "O'Connor", "Operations"), phone: "+441273290000", language: Language::En },
    Known { name: "Colegio Santa Clara", country: "ES", city: "Torrent", street: "Calle del Convento 15", postal_code: "46900", website: "santaclara.example", tags: &["autocar"], person: ("Rosa", "Domènech", "Secretaría"), phone: "+34961550102", language: Language::Es },
    Known { name: "Construcciones Hermanos Navarro e Hijos de la Comunidad Valenciana", country: "ES", city: "Sagunto", street: "Polígono Industrial Sepes, parcela 14, nave 3", postal_code: "46500", website: "hnavarro.example", tags: &["flota"], person: ("Francisco de Borja", "Navarro Sánchez-Albornoz", "Responsable de maquinaria"), phone: "+34962660011", language: Language::Es },
    Known { name: "Floristería Mimosa", country: "ES", city: "Valencia", street: "Plaza del Ángel 2", postal_code: "46003", website: "mimosa.example", tags: &[], person: ("Noa", "Beltrán", "Propietaria"), phone: "+34960012345", language: Language::Es },
];

/// The customers the garage has had from the start.
pub(crate) async fn settle(stage: &Stage) -> Result<Vec<Customer>> {
    let mut customers = Vec::new();
    for known in &KNOWN {
        let mut tx = stage.begin().await?;
        let company = company::create::create(&mut tx, new_company(known), "manual").await?;
        let contact = contact::create::create(&mut tx, new_contact(known, company.id), "manual").await?;
        tx.commit().await?;
        customers.push(Customer { company: company.id, contact: contact.id });
    }
    Ok(customers)
}

fn new_company(known: &Known) -> NewCompany {
    NewCompany {
        name: known.name.into(),
        country: Some(known.country.into()),
        website: Some(known.website.into()),
        email: Some(format!("hola@{}", known.website)),
        phone: Some(known.phone.into()),
        street: Some(known.street.into()),
        city: Some(known.city.into()),
        postal_code: Some(known.postal_code.into()),
        language: Some(known.language),
        tags: known.tags.iter().map(|tag| (*tag).to_owned()).collect(),
        ..NewCompany::default()
    }
}

fn new_contact(known: &Known, company: CompanyId) -> NewContact {
    let (given, family, job) = known.person;
    let first: String = given.split(' ').next().unwrap_or_default().to_lowercase();
    // Addresses in the story are ASCII, as most people's are.
    let local: String = first
        .chars()
        .map(|c| match c {
            'í' => 'i',
            'á' => 'a',
            'é' => 'e',
            'ê' => 'e',
            'ó' => 'o',
            c => c,
        })
        .collect();
    NewContact {
        company_id: Some(company),
        given_name: Some(given.into()),
        family_name: Some(family.into()),
        job_title: Some(job.into()),
        email: Some(format!("{local}@{}", known.website)),
        phone: Some(known.phone.into()),
        city: Some(known.city.into()),
        country: Some(known.country.into()),
        language: Some(known.language),
        ..NewContact::default()
    }
}
