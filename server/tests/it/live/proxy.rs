//! A proxy that does what networks do: it cuts connections, in the middle of a message, too, and it delays what it carries.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// Chance, the same one each time.
#[derive(Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// A proxy; gone when it is dropped.
pub(super) struct Proxy {
    pub(super) address: SocketAddr,
    ways: Ways,
    _carriers: JoinSet<()>,
}

#[derive(Clone)]
struct Ways {
    server: Arc<Mutex<SocketAddr>>,
    healed: Arc<AtomicBool>,
}

impl Proxy {
    pub(super) async fn start(server: SocketAddr, mut random: Random) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let ways = Ways { server: Arc::new(Mutex::new(server)), healed: Arc::default() };
        let (mut carriers, of_all) = (JoinSet::new(), ways.clone());
        carriers.spawn(async move {
            let mut carried = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                carried.spawn(carry(client, of_all.clone(), Random::new(random.below(u64::MAX >> 31))));
            }
        });
        Self { address, ways, _carriers: carriers }
    }

    /// New connections lead there.
    pub(super) fn lead_to(&self, server: SocketAddr) {
        *self.ways.server.lock().unwrap() = server;
    }

    /// From now on it is as good as no proxy.
    pub(super) fn heal(&self) {
        self.ways.healed.store(true, Ordering::Relaxed);
    }
}

async fn carry(mut client: TcpStream, ways: Ways, mut random: Random) {
    let server = *ways.server.lock().unwrap();
    let Ok(mut server) = TcpStream::connect(server).await else { return };
    let mut request = [0; 1024];
    let Ok(length) = client.read(&mut request).await else { return };
    if server.write_all(&request[..length]).await.is_err() {
        return;
    }
    let (mut from_client, mut to_client) = client.split();
    let (mut piece, mut nothing) = ([0; 8 * 1024], [0; 1]);
    loop {
        let most = 1 + usize::try_from(random.below(8 * 1024)).unwrap();
        let length = tokio::select! {
            read = server.read(&mut piece[..most]) => read.unwrap_or(0),
            // It says no more, so it is gone.
            _ = from_client.read(&mut nothing) => return,
        };
        let mut cut = length == 0;
        let mut length = length;
        if !ways.healed.load(Ordering::Relaxed) {
            match random.below(24) {
                0 => (cut, length) = (true, length / 2),
                1..4 => tokio::time::sleep(Duration::from_millis(random.below(400))).await,
                _ => {}
            }
        }
        if to_client.write_all(&piece[..length]).await.is_err() || cut {
            return;
        }
    }
}
