package dev.amorelay.workshop;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code validate [routes/]}: checks a folder of flows and lists what is wrong, as compilers do. */
public final class ValidateCommand {

    /** All is well. */
    public static final int GOOD = 0;
    /** Something is wrong in the folder. */
    public static final int WRONG = 1;
    /** There was nothing to check. */
    public static final int NOTHING_CHECKED = 2;

    // made before a second thread wants one
    private static final Logger LOG = LoggerFactory.getLogger(ValidateCommand.class);

    private ValidateCommand() {
    }

    /**
     * Checks a folder.
     *
     * @param arguments at most one: the folder, {@code routes} where it is left out
     * @param surroundings what flows may name
     * @param out takes the list
     * @return the exit code
     */
    public static int run(List<String> arguments, Supplier<Surroundings> surroundings, PrintStream out) {
        Path folder = Path.of(arguments.isEmpty() ? "routes" : arguments.get(0));
        if (arguments.size() > 1 || !Files.isDirectory(folder)) {
            out.println(arguments.size() > 1 ? "usage: validate [folder]" : "no folder " + folder + ": usage: validate [folder]");
            return NOTHING_CHECKED;
        }
        try {
            Edition edition = Edition.of(folder);
            if (edition.texts().isEmpty()) {
                out.println("no *.camel.yaml in " + folder);
                return NOTHING_CHECKED;
            }
            LOG.debug("checking {}", folder);
            // the schema is large, and read while the beans are looked at
            CompletableFuture<Rule> schema = CompletableFuture.supplyAsync(SchemaRule::new);
            Surroundings around = surroundings.get();
            List<Finding> findings = Stream.concat(new RoutesCheck(around, schema.join()).check(edition).stream(),
                    RoutesCheck.wishes(edition).stream()).sorted().toList();
            findings.forEach(finding -> out.println(folder.resolve(finding.file()) + finding.toString().substring(finding.file().length())));
            out.println(findings.isEmpty() ? edition.texts().size() + " files, nothing wrong"
                    : findings.size() + (findings.size() == 1 ? " thing is" : " things are") + " wrong");
            return findings.isEmpty() ? GOOD : WRONG;
        } catch (UncheckedIOException e) {
            out.println(folder + " cannot be read: " + e.getCause().getMessage());
            return NOTHING_CHECKED;
        }
    }
}
