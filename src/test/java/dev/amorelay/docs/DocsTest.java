package dev.amorelay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.AmoRelayApplication;
import dev.amorelay.workshop.DefinedBeans;
import dev.amorelay.workshop.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents that are made from the routes and their connectors are those of the routes as they are now. */
class DocsTest {

    /** Writes the documents anew. */
    static final String COMMAND = "mvn test -Dtest=DocsTest -Ddocs.write";

    private static final Path ROUTES = Path.of("routes");
    private static final Path DOCS = Path.of("docs");
    private static final List<Flow> FLOWS = Flow.all(ROUTES);
    private static final Set<String> KINDS = Overview.kinds(FLOWS);

    private static void isCurrent(String name, String made) throws IOException {
        Path file = DOCS.resolve(name);
        if (System.getProperty("docs.write") != null) {
            Files.writeString(file, made);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "").as(file + " is not that of the routes any more: run " + COMMAND)
                .isEqualTo(made);
    }

    @Test
    void theRoutes() throws IOException {
        isCurrent("routes.md", new RouteReference(FLOWS, new Reach(KINDS)).write());
    }

    @Test
    void theConnectors() throws IOException {
        isCurrent("kamelets.md", new KameletReference(ROUTES.resolve("kamelets")).write());
    }

    @Test
    void theShapes() throws IOException {
        Surroundings beans = DefinedBeans.of(AmoRelayApplication.class);
        isCurrent("shapes.md", new ShapeReference(ROUTES, beans::beanType).write());
    }

    @Test
    void whatIsOwedIsReadFromTheCode() {
        Reach reach = new Reach(KINDS);
        assertThat(owedBy(reach, "lead-ingest")).containsExactlyInAnyOrder("crm.lead", "lead.captcha", "mail.lead-copy");
        assertThat(owedBy(reach, "lead-delivery")).contains("crm.lead-of-stranger", Reach.CRM);
        assertThat(owedBy(reach, "deal-changed")).containsExactly("machine.register");
        assertThat(owedBy(reach, "lead-there")).contains("crm.lead-notes", "crm.lead-status", "crm.note");
        assertThat(owedBy(reach, "machine-registration")).contains("telegram.machine-registered", "crm.task", "crm.note");
        assertThat(owedBy(reach, "maintenance-reminder")).containsExactlyInAnyOrder("telegram.maintenance-due", "crm.task", Reach.CRM);
        assertThat(owedBy(reach, "webhook-receive")).containsExactly(Reach.INBOX);
        assertThat(owedBy(reach, "health")).isEmpty();
    }

    private static List<String> owedBy(Reach reach, String flow) {
        return FLOWS.stream().filter(one -> one.name().equals(flow)).flatMap(Flow::everything).flatMap(step -> reach.of(step).stream())
                .distinct().toList();
    }

    @Test
    void everyEffectThatIsPerformedIsOwedBySomebody() {
        Reach reach = new Reach(KINDS);
        List<String> owed = FLOWS.stream().flatMap(Flow::everything).flatMap(step -> reach.of(step).stream()).distinct().toList();
        List<String> byItself = new ArrayList<>(KINDS);
        byItself.removeAll(owed);
        // what the database owes whenever somebody is linked, see tell_who_joins
        byItself.remove("telegram.client-joined");
        assertThat(byItself).isEmpty();
    }

    @Test
    void everyStepThatDoesSomethingSaysWhat() {
        List<String> silent = FLOWS.stream().flatMap(flow -> flow.routes().stream()).flatMap(route -> route.everything()
                .filter(step -> step.description().isEmpty() && (step.kind().matches("bean|when") || step.uri().startsWith("sql:")))
                .map(step -> route.id() + ": " + step.kind() + " " + step.call() + step.uri())).toList();
        assertThat(silent).as("steps without a description").isEmpty();
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (String name : List.of("routes.md", "kamelets.md", "shapes.md", "glossary.md")) {
            Matcher link = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)").matcher(Files.readString(DOCS.resolve(name)));
            while (link.find()) {
                if (!link.group(1).startsWith("http") && !Files.exists(DOCS.resolve(link.group(1)))) {
                    broken.add(name + " → " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }
}
