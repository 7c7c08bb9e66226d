//! Which network addresses are the public's.
//!
//! Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and updates). IPv6 goes by what is allowed,
//! global unicast without the forms that carry an IPv4 address or stand for documentation, so that a block unknown here is
//! refused. Translated forms (mapped, NAT64, 6to4, Teredo) are refused altogether: which address they end at is
//! decided elsewhere.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use thiserror::Error;

/// How far a fetch may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Public addresses over https.
    Public,
    /// The same and this machine, also without encryption: for the sandbox and tests. The rest of the inner network stays
    /// closed.
    PublicAndLoopback,
}

/// An address that is not the public's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this address is not open to the public")]
pub struct AddressRefused;

/// Blocks that are not the public's: first address, length of the prefix.
const CLOSED_V4: [(Ipv4Addr, u32); 16] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),        // this network
    (Ipv4Addr::new(10, 0, 0, 0), 8),       // private
    (Ipv4Addr::new(100, 64, 0, 0), 10),    // shared, behind a carrier's translation
    (Ipv4Addr::new(127, 0, 0, 0), 8),      // loopback
    (Ipv4Addr::new(169, 254, 0, 0), 16),   // link-local, and most clouds' metadata
    (Ipv4Addr::new(172, 16, 0, 0), 12),    // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),     // protocol assignments, and a cloud's metadata
    (Ipv4Addr::new(192, 0, 2, 0), 24),     // documentation
    (Ipv4Addr::new(192, 88, 99, 0), 24),   // 6to4 relays
    (Ipv4Addr::new(192, 168, 0, 0), 16),   // private
    (Ipv4Addr::new(198, 18, 0, 0), 15),    // measurements
    (Ipv4Addr::new(198, 51, 100, 0), 24),  // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),   // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 4),      // multicast
    (Ipv4Addr::new(240, 0, 0, 0), 4),      // reserved, broadcast
    (Ipv4Addr::new(168, 63, 129, 16), 32), // a cloud's metadata on a public address
];

/// Blocks within global unicast that are not the public's.
const CLOSED_V6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocol assignments, Teredo among them
    (Ipv6Addr::new(0x2001, 0x0db8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

impl Reach {
    /// May a connection be made to this address?
    ///
    /// # Errors
    /// [`AddressRefused`] if not.
    pub fn allows(self, address: IpAddr) -> Result<(), AddressRefused> {
        let open = match address {
            IpAddr::V4(v4) => !CLOSED_V4.iter().any(|(block, prefix)| {
                let mask = u32::MAX << (32 - prefix);
                v4.to_bits() & mask == block.to_bits()
            }),
            IpAddr::V6(v6) => {
                v6.to_bits() >> 125 == 0b001 && !CLOSED_V6.iter().any(|(block, prefix)| within(v6, *block, *prefix))
            }
        };
        if open || (self == Reach::PublicAndLoopback && address.is_loopback()) { Ok(()) } else { Err(AddressRefused) }
    }
}

fn within(address: Ipv6Addr, block: Ipv6Addr, prefix: u32) -> bool {
    address.to_bits() & (u128::MAX << (128 - prefix)) == block.to_bits()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn public(text: &str) -> bool {
        Reach::Public.allows(text.parse().unwrap()).is_ok()
    }

    /// First, last and well-known addresses of each closed range.
    const CLOSED: &str = "0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 100.100.100.200 127.0.0.1 \
        127.255.255.255 169.254.0.0 169.254.169.254 169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 \
        192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.0 192.168.255.255 198.18.0.0 198.19.255.255 198.51.100.7 \
        203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 168.63.129.16 :: ::1 ::ffff:127.0.0.1 \
        ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 \
        2001:0:4136:e378::1 2001:1ff::1 2001:db8::1 2002:7f00:1:: 2002:808:808::1 3fff::1 3fff:fff::1 fc00::1 \
        fd00:ec2::254 fdff::1 fe80::1 febf::1 fec0::1 ff02::1 4000::1 5f00::1";
    /// Their neighbours, and some well-known public ones.
    const OPEN: &str = "1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 \
        169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0 \
        198.17.255.255 198.20.0.0 223.255.255.255 168.63.129.15 168.63.129.17 2001:200::1 2001:4860:4860::8888 \
        2606:4700::1111 2a00:1450::1 3ffe::1";

    #[test]
    fn every_inner_address_is_refused_and_its_public_neighbours_are_not() {
        for closed in CLOSED.split(' ') {
            assert!(!public(closed), "{closed}");
        }
        for open in OPEN.split(' ') {
            assert!(public(open), "{open}");
        }
    }

    #[test]
    fn the_sandbox_opens_this_machine_and_nothing_else() {
        let allows = |text: &str| Reach::PublicAndLoopback.allows(text.parse().unwrap()).is_ok();
        assert!(allows("127.0.0.1") && allows("::1") && allows("8.8.8.8"));
        for closed in ["10.0.0.1", "169.254.169.254", "192.168.1.1", "::ffff:127.0.0.1", "fd00::1", "0.0.0.0"] {
            assert!(!allows(closed), "{closed}");
        }
    }

    proptest! {
        /// Whatever the standard library calls inner, we refuse, in every spelling that carries it.
        #[test]
        fn nothing_inner_is_let_through(bits in any::<u32>()) {
            let v4 = Ipv4Addr::from_bits(bits);
            let inner = v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_multicast() || v4.is_broadcast()
                || v4.is_documentation() || v4.is_unspecified();
            prop_assert!(!inner || Reach::Public.allows(v4.into()).is_err());
            let [a, b] = [(bits >> 16) as u16, bits as u16];
            for carrier in [v4.to_ipv6_mapped(), v4.to_ipv6_compatible(), Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, a, b),
                Ipv6Addr::new(0x2002, a, b, 0, 0, 0, 0, 1), Ipv6Addr::new(0x2001, 0, a, b, 0, 0, !a, !b)] {
                prop_assert!(Reach::Public.allows(carrier.into()).is_err(), "{}", carrier);
            }
        }

        #[test]
        fn only_global_unicast_is_let_through(bits in any::<u128>()) {
            let v6 = Ipv6Addr::from_bits(bits);
            prop_assert!(Reach::Public.allows(v6.into()).is_err() || (v6.segments()[0] & 0xe000) == 0x2000);
        }
    }
}
