package dev.amorelay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class SandboxProfileTest {

    @Test
    void nothingOfTheSandboxLoadsWithoutItsProfile() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.scan("dev.amorelay.sandbox");
            context.refresh();

            assertThat(Arrays.stream(context.getBeanDefinitionNames()).map(context::getType).map(Class::getName))
                    .isNotEmpty().noneMatch(name -> name.startsWith("dev.amorelay.sandbox"));
        }
    }
}
