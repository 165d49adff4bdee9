package dev.amorelay.chaos;

import com.zaxxer.hikari.HikariDataSource;
import dev.amorelay.sandbox.SandboxConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** A process with the sandbox alone, that is amoCRM, Telegram and the mail server, and no relay beside them. */
final class OutsideWorld {

    private OutsideWorld() {
    }

    /**
     * Runs until it is stopped.
     *
     * @param args settings of the sandbox; address and login of its database come as OUTSIDE_URL, OUTSIDE_USER, OUTSIDE_PASSWORD
     */
    public static void main(String[] args) {
        new SpringApplicationBuilder(Alone.class).profiles("sandbox").run(args);
    }

    /** No stereotype: the component scan of a test of the whole relay must not find it. */
    @Import(SandboxConfiguration.class)
    @ImportAutoConfiguration({ServletWebServerFactoryAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class, JacksonAutoConfiguration.class})
    static class Alone {

        @Bean(destroyMethod = "close")
        HikariDataSource dataSource(Environment environment) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(environment.getRequiredProperty("OUTSIDE_URL"));
            pool.setUsername(environment.getRequiredProperty("OUTSIDE_USER"));
            pool.setPassword(environment.getRequiredProperty("OUTSIDE_PASSWORD"));
            pool.setMaximumPoolSize(20);
            return pool;
        }
    }
}
