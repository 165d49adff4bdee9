package dev.amorelay.chaos;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Is somebody there? */
final class Http {

    private Http() {
    }

    /** @return whether the address answers 200 */
    static boolean answers(String url) {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(2000);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
