package dev.amorelay.command;

import dev.amorelay.flowtests.TestCommand;
import dev.amorelay.workshop.DefinedBeans;
import dev.amorelay.workshop.ValidateCommand;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.springframework.util.ClassUtils;

/** The commands by their names, as in {@code java -jar amo-relay.jar validate routes/}; without one the relay runs. */
public class Commands {

    /** As where a command finds nothing to do. */
    private static final int NOTHING_DONE = 2;

    private final Map<String, Command> known;

    /**
     * @param application the application's main class
     * @param out where commands tell what they found
     */
    public Commands(Class<?> application, PrintStream out) {
        known = Map.of(
                "validate", arguments -> ValidateCommand.run(arguments, () -> DefinedBeans.of(application), out),
                "test", arguments -> test(application, out, arguments));
    }

    private static int test(Class<?> application, PrintStream out, List<String> arguments) {
        if (!ClassUtils.isPresent("dev.amorelay.flowtests.TestCommand", null)) {
            out.println("This is the slim jar, which plays no tests of flows; the full one (mvn package) does.");
            return NOTHING_DONE;
        }
        return new TestCommand(application, out).run(arguments);
    }

    /**
     * Carries out a command, where the first argument is one.
     *
     * @param arguments those of the program
     * @return the exit code; empty when there is no command, and the relay is to run
     */
    public OptionalInt run(List<String> arguments) {
        Command command = arguments.isEmpty() ? null : known.get(arguments.get(0));
        return command == null ? OptionalInt.empty() : OptionalInt.of(command.run(arguments.subList(1, arguments.size())));
    }

    /** Something that the jar does and then ends. */
    @FunctionalInterface
    interface Command {

        /**
         * Does it.
         *
         * @param arguments what follows the command's name
         * @return the exit code
         */
        int run(List<String> arguments);
    }
}
