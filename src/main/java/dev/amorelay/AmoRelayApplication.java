package dev.amorelay;

import dev.amorelay.command.Commands;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.freemarker.FreeMarkerAutoConfiguration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts amo-relay: the doors, the routes, the workers and, without an amoCRM account, the sandbox. */
@EnableScheduling
@SpringBootApplication(exclude = FreeMarkerAutoConfiguration.class) // templates write texts, no pages
public class AmoRelayApplication {

    /**
     * Carries out a command and ends, or runs the relay until it is stopped.
     *
     * @param args a command, for example {@code validate routes/} or {@code test routes/}; or Spring Boot arguments, for example {@code --server.port=8090}
     */
    public static void main(String[] args) {
        OptionalInt ended = new Commands(AmoRelayApplication.class, System.out).run(List.of(args));
        if (ended.isPresent()) {
            System.exit(ended.getAsInt());
        }
        SpringApplication.run(AmoRelayApplication.class, args);
    }
}
