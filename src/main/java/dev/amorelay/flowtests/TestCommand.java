package dev.amorelay.flowtests;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code java -jar amo-relay.jar test [routes/ | routes/tests/<flow>.test.yaml] [--coverage] [--log]}: plays the tests of the
 * flows and tells how they went.
 */
public final class TestCommand {

    /** Everything is as expected. */
    public static final int GOOD = 0;
    /** A test failed, cannot be understood, or steps are not covered. */
    public static final int BAD = 1;
    /** The relay does not start with these routes, or the command is not understood. */
    public static final int NO_START = 2;

    private static final List<String> FLAGS = List.of("--coverage", "--log");

    private final Class<?> application;
    private final PrintStream out;

    /**
     * @param application the class that starts the relay
     * @param out where the result is told
     */
    public TestCommand(Class<?> application, PrintStream out) {
        this.application = application;
        this.out = out;
    }

    /**
     * Runs the command.
     *
     * @param arguments what follows {@code test}
     * @return the exit code
     */
    public int run(List<String> arguments) {
        List<String> flags = arguments.stream().filter(one -> one.startsWith("--")).toList();
        List<String> places = arguments.stream().filter(one -> !one.startsWith("--")).toList();
        if (!FLAGS.containsAll(flags) || places.size() > 1) {
            out.println("usage: test [routes/ | routes/tests/<flow>.test.yaml] [--coverage] [--log]");
            return NO_START;
        }
        try {
            TestFiles files = TestFiles.at(Path.of(places.isEmpty() ? "routes" : places.get(0)));
            return play(files, flags.contains("--coverage"), flags.contains("--log"));
        } catch (BadTest bad) {
            out.println(bad.getMessage());
            return NO_START;
        }
    }

    private int play(TestFiles files, boolean coverage, boolean log) {
        files.wrong().forEach(bad -> out.println("WRONG  " + bad.getMessage()));
        if (files.tests().isEmpty()) {
            out.println("there are no tests to run: a test is a file " + files.routes().resolve("tests") + "/<flow>" + TestFiles.SUFFIX);
            return BAD;
        }
        Map<String, String> settings = new LinkedHashMap<>();
        if (!log) {
            settings.put("logging.config", "classpath:logback-flowtests.xml");
        }
        RelayUnderTest relay;
        try {
            relay = RelayUnderTest.start(application, files.routes(), settings);
        } catch (RuntimeException e) {
            out.println("the relay does not start with these routes:");
            causes(e).forEach(cause -> out.println("    " + cause));
            out.println("the command 'validate " + files.routes() + "' tells file and line");
            return NO_START;
        }
        try (relay) {
            return play(files, coverage, new Stage(relay), relay);
        }
    }

    private int play(TestFiles files, boolean wanted, Stage stage, RelayUnderTest relay) {
        int failed = 0;
        for (FlowTest test : files.tests()) {
            Result result = stage.play(test);
            out.printf("%s  %s  %s (%d ms)%n", result.passed() ? "ok  " : "FAIL", test.place(), test.name(), result.took().toMillis());
            result.problems().forEach(problem -> problem.lines().forEach(line -> out.println("      " + line)));
            failed += result.passed() ? 0 : 1;
        }
        out.println();
        out.println((files.tests().size() - failed) + " of " + files.tests().size() + " tests passed"
                + (files.wrong().isEmpty() ? "" : ", " + files.wrong().size() + " could not be understood"));
        boolean bare = tell(files, relay, wanted);
        return failed == 0 && files.wrong().isEmpty() && !bare ? GOOD : BAD;
    }

    /** Whether something is not covered, where that matters. */
    private boolean tell(TestFiles files, RelayUnderTest relay, boolean wanted) {
        Coverage coverage = files.flow() == null ? Coverage.ofAll(relay.watch().passes(), files.routes())
                : Coverage.ofFlow(relay.watch().passes(), files.routes(), files.flow());
        out.println(coverage.sum());
        List<String> gaps = new ArrayList<>(coverage.uncovered());
        files.untested().forEach(flow -> gaps.add(files.routes().resolve(flow + ".camel.yaml") + ":1: no tests/" + flow + TestFiles.SUFFIX));
        if (wanted) {
            coverage.lines().forEach(out::println);
        }
        if (wanted || files.flow() != null) {
            gaps.forEach(out::println);
        }
        return wanted && !gaps.isEmpty();
    }

    private static List<String> causes(Throwable failure) {
        List<String> causes = new ArrayList<>();
        for (Throwable at = failure; at != null && causes.size() < 10; at = at.getCause()) {
            String told = at.getClass().getSimpleName() + ": " + String.valueOf(at.getMessage()).lines().findFirst().orElse("");
            if (!causes.contains(told)) {
                causes.add(told);
            }
        }
        return causes;
    }
}
