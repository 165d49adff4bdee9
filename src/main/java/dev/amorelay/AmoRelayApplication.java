package dev.amorelay;

import dev.amorelay.flowtests.TestCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts amo-relay: the doors, the routes, the workers and, without an amoCRM account, the sandbox. */
@EnableScheduling
@SpringBootApplication
public class AmoRelayApplication {

    /**
     * Runs the relay until it is stopped, or a command.
     *
     * @param args Spring Boot arguments, for example {@code --server.port=8090}; or {@code test routes/}
     */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("test")) {
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            System.exit(new TestCommand(AmoRelayApplication.class, out).run(List.of(args).subList(1, args.length)));
        }
        SpringApplication.run(AmoRelayApplication.class, args);
    }
}
