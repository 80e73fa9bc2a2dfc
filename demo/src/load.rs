//! Loading the city into a server's data folder.

use std::path::Path;

use haitang_demo::City;
use haitang_demo::city::CityError;
use haitang_server::config::Config;
use haitang_server::http::App;

use crate::Failure;
use crate::progress::Progress;

/// Makes the city and loads it, part by part, into `data`.
pub fn load(city: &City, data: &Path) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| Failure::Load(error.to_string()))?;
    let app = runtime.block_on(App::open(Config::local(data))).map_err(|error| Failure::Load(error.to_string()))?;
    let (mut progress, parts, mut told) = (Progress::new(), city.parts_count(), 0);
    // The loading takes records alone: a part that could not be made ends it, and is told of afterwards.
    let mut failed: Option<CityError> = None;
    let records = city.parts().enumerate().map_while(|(part, made)| match made {
        Ok(made) => {
            told += made.len();
            progress.at(part, parts, told);
            Some(made)
        }
        Err(error) => {
            failed = Some(error);
            None
        }
    });
    let loaded = app.hub.seed(records.flatten()).map_err(|error| Failure::Load(error.to_string()))?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    progress.end(loaded, city.members());
    Ok(())
}
