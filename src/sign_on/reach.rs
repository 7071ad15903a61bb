//! Which machines may be asked as providers: an organization's administrator names them, and must not look around
//! in the networks that the server stands in.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

/// How far the way to providers leads.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    /// This machine itself, and that without TLS: where Belfry is asked on it and without TLS, too.
    this_machine: bool,
    /// The private networks that the server stands in.
    private: bool,
}

impl Reach {
    /// Of a program that people reach at `base`.
    pub(super) fn of(base: &str, private: bool) -> Self {
        let this_machine = base.starts_with("http://") && Url::parse(base).is_ok_and(|url| is_here(&url));
        Self { this_machine, private }
    }

    /// Whether an address may be asked, as far as it says where it leads; names are judged when they are looked up.
    pub(super) fn lets(self, url: &Url) -> bool {
        let is_secret =
            url.scheme() == "https" || url.scheme() == "http" && self.this_machine && is_here(url);
        let leads = literal(url).is_none_or(|address| self.lets_to(address));
        url.username().is_empty() && url.password().is_none() && is_secret && leads
    }

    fn lets_to(self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(v4) => self.lets_v4(v4),
            IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
                Some(v4) => self.lets_v4(v4),
                None => self.lets_v6(v6),
            },
        }
    }

    fn lets_v4(self, address: Ipv4Addr) -> bool {
        let [first, second, third, _] = address.octets();
        let is_carriers = first == 100 && second & 0xc0 == 64;
        if address.is_loopback() {
            return self.this_machine;
        }
        if address.is_private() || is_carriers {
            return self.private;
        }
        let is_test = first == 198 && second & 0xfe == 18;
        let is_protocols = (first, second, third) == (192, 0, 0);
        !(first == 0 || first >= 224 || address.is_link_local() || is_test || is_protocols)
    }

    /// What carries an older address inside is not asked at all.
    fn lets_v6(self, address: Ipv6Addr) -> bool {
        let [first, second, ..] = address.segments();
        if address.is_loopback() {
            return self.this_machine;
        }
        if address.is_unique_local() {
            return self.private;
        }
        first & 0xe000 == 0x2000 && first != 0x2002 && (first, second) != (0x2001, 0)
    }
}

fn literal(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_matches(['[', ']']).parse().ok()
}

fn is_here(url: &Url) -> bool {
    matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"))
}

/// Names are judged by what they stand for at the moment of asking, so that none changes in between.
impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let lets: Vec<SocketAddr> = found.filter(|address| reach.lets_to(address.ip())).collect();
            if lets.is_empty() {
                return Err(format!("{} stands for no address that may be asked", name.as_str()).into());
            }
            let lets: Addrs = Box::new(lets.into_iter());
            Ok(lets)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Reach, Url};

    fn asked(reach: Reach, address: &str) -> bool {
        reach.lets(&Url::parse(address).unwrap())
    }

    #[test]
    fn nobody_looks_around_in_the_servers_own_networks() {
        let inside =
            ["10.0.0.5", "172.16.3.1", "192.168.1.1", "100.64.0.1", "[fd00::5]", "[::ffff:10.0.0.5]"];
        let never = [
            "127.0.0.1",
            "2130706433",
            "0x7f.1",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "0.0.0.0",
            "169.254.169.254",
            "[fe80::1]",
            "[::]",
            "224.0.0.1",
            "255.255.255.255",
            "[64:ff9b::a00:5]",
            "[2002:a00:5::1]",
        ];
        let (closed, open) =
            (Reach::of("https://belfry.example", false), Reach::of("https://belfry.example", true));

        for host in inside {
            let address = format!("https://{host}/id");
            assert!(!asked(closed, &address) && asked(open, &address), "{host}");
        }
        for host in never {
            let address = format!("https://{host}/id");
            assert!(!asked(closed, &address) && !asked(open, &address), "{host}");
        }
        for host in ["accounts.google.com", "8.8.8.8", "[2606:4700::1111]"] {
            assert!(asked(closed, &format!("https://{host}/")), "{host}");
            assert!(!asked(open, &format!("http://{host}/")), "{host}");
        }
    }

    #[test]
    fn this_machine_may_be_asked_where_belfry_is_asked_on_it() {
        let (here, elsewhere) =
            (Reach::of("http://127.0.0.1:8080", false), Reach::of("http://belfry.example", false));
        assert!(asked(here, "http://127.0.0.1:9") && asked(here, "http://localhost:9"));
        assert!(!asked(elsewhere, "http://127.0.0.1:9") && !asked(here, "http://10.0.0.5"));
    }

    #[tokio::test]
    async fn a_name_is_judged_by_what_it_stands_for() {
        use super::Resolve as _;
        let name = || "localhost".parse().unwrap();
        assert!(Reach::of("https://belfry.example", true).resolve(name()).await.is_err());
        assert!(Reach::of("http://localhost", false).resolve(name()).await.is_ok());
    }
}
