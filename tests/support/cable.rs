//! A cable between a browser and the server, which a test can pull out.

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// A way to a server that passes everything on while it is plugged in.
pub(crate) struct Cable {
    /// Where the near end is.
    pub(crate) address: String,
    plugged_in: watch::Sender<bool>,
}

impl Cable {
    /// To the server at `address`.
    pub(crate) async fn to(address: &str) -> Self {
        let far = address.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (plugged_in, state) = watch::channel(true);
        actix_web::rt::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                actix_web::rt::spawn(carry(near, far.clone(), state.clone()));
            }
        });
        Self { address, plugged_in }
    }

    /// Pulls it out, or plugs it in again. Whatever was under way is cut.
    pub(crate) fn plug_in(&self, yes: bool) {
        self.plugged_in.send_replace(yes);
    }
}

async fn carry(mut near: TcpStream, far: String, mut state: watch::Receiver<bool>) {
    if !*state.borrow() {
        return;
    }
    let Ok(mut far) = TcpStream::connect(far).await else {
        return;
    };
    tokio::select! {
        _ = copy_bidirectional(&mut near, &mut far) => {}
        _ = state.wait_for(|plugged_in| !plugged_in) => {}
    }
}
