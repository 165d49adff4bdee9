package dev.amorelay;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts amo-relay: the doors, the routes, the workers and, without an amoCRM account, the sandbox. */
@EnableScheduling
@SpringBootApplication
public class AmoRelayApplication {

    /**
     * Runs the relay until it is stopped.
     *
     * @param args Spring Boot arguments, for example {@code --server.port=8090}
     */
    public static void main(String[] args) {
        SpringApplication.run(AmoRelayApplication.class, args);
    }
}
