//! Every route of the program, read out of its own source: the attributes above the handlers of `src/web`.

use std::{fs, path::Path};

use reqwest::Method;

/// A route as its handler declares it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Route {
    /// The path with its parameters, such as `/students/{id}`.
    pub(crate) path: String,
    method: String,
    /// The permission that the handler's first `May` names; none where it names none.
    pub(crate) permission: Option<String>,
    /// Its arguments, as written.
    pub(crate) signature: String,
    /// Where the handler stands.
    pub(crate) file: String,
}

impl Route {
    /// `GET /students/{id}`: how lists and tables name it.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub(crate) fn method(&self) -> Method {
        Method::from_bytes(self.method.as_bytes()).unwrap()
    }

    /// Whether it only looks.
    pub(crate) fn looks(&self) -> bool {
        self.method == "GET"
    }

    /// The paths up to and including each parameter: `/students/{id}`, `/students/{id}/guardians/{guardian}`.
    pub(crate) fn parameters(&self) -> Vec<&str> {
        self.path
            .char_indices()
            .filter(|(_, letter)| *letter == '}')
            .map(|(end, _)| &self.path[..=end])
            .collect()
    }

    /// The path with its parameters filled in, in order.
    pub(crate) fn filled(&self, values: &[String]) -> String {
        let mut path = self.path.clone();
        for value in values {
            let (from, to) = (path.find('{').unwrap(), path.find('}').unwrap());
            path.replace_range(from..=to, value);
        }
        assert!(!path.contains('{'), "{} lacks values: {path}", self.name());
        path
    }
}

/// Every route, by path.
pub(crate) fn all() -> Vec<Route> {
    let mut routes = Vec::new();
    read_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/web")), &mut routes);
    routes.sort();
    assert!(routes.len() > 3, "no routes were found: the reader of src/web is broken");
    routes
}

fn read_folder(folder: &Path, routes: &mut Vec<Route>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, routes);
        } else {
            let source = fs::read_to_string(&path).unwrap();
            read_file(&source, &path.display().to_string(), routes);
        }
    }
}

/// Ways to register a route that this reader would not see; there is one way, the attribute.
const UNSEEN: [&str; 6] =
    ["web::resource(", "web::route(", ".route(", "web::scope(", "#[route(", "default_service("];

fn read_file(source: &str, file: &str, routes: &mut Vec<Route>) {
    for unseen in UNSEEN {
        assert!(
            !source.contains(unseen),
            "{file} has {unseen}…: declare routes by #[get(…)], #[post(…)] and so on"
        );
    }
    for (at, _) in source.match_indices("#[") {
        let Some((verb, rest)) = source[at + 2..].split_once('(') else {
            continue;
        };
        if !["get", "post", "put", "patch", "delete", "head"].contains(&verb) {
            continue;
        }
        let path = rest.split('"').nth(1).unwrap().to_owned();
        let signature = rest.split_once("async fn ").unwrap().1;
        let signature =
            signature.split_once(") ->").unwrap_or_else(|| panic!("{file}: {verb} {path} answers nothing")).0;
        let permission =
            signature.split_once("May<").map(|(_, rest)| rest.split('>').next().unwrap().to_owned());
        routes.push(Route {
            method: verb.to_uppercase(),
            path,
            permission,
            signature: signature.to_owned(),
            file: file.to_owned(),
        });
    }
}

#[test]
fn the_reader_sees_method_path_and_permission() {
    let source = "#[get(\"/a/{id}\")]\nasync fn show(may: May<ReadStudents>, id: Path<Uuid>) -> Page {}\n#[put(\"/b\")]\n#[doc = \"x\"]\nasync fn put(someone: Someone) -> Page {}";
    let mut routes = Vec::new();

    read_file(source, "x.rs", &mut routes);

    assert_eq!(routes[0].name(), "GET /a/{id}");
    assert_eq!(routes[0].permission.as_deref(), Some("ReadStudents"));
    assert_eq!(routes[0].filled(&["7".into()]), "/a/7");
    assert_eq!(routes[1].name(), "PUT /b");
    assert_eq!(routes[1].permission, None);
}
