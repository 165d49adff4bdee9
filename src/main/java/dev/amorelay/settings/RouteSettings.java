package dev.amorelay.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the YAML routes come from; worked out from RELAY_ROUTES_DIR before the start.
 *
 * @param live whether an edited file is loaded at once
 * @param folder the folder that they lie in; empty when the copy in the jar is used
 * @param pattern the files, as Camel reads it, all *.camel.yaml below a folder or in the jar
 * @param kamelets the folder of the connectors, for example {@code file:routes/kamelets}
 */
@ConfigurationProperties("relay.routes")
public record RouteSettings(@DefaultValue("false") boolean live, String folder, String pattern, String kamelets) {
}
