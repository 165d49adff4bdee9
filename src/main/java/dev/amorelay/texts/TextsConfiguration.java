package dev.amorelay.texts;

import org.apache.camel.component.freemarker.FreemarkerComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Flows write texts with {@code freemarker:lead/mail-copy.ftl}: from the same templates, as safe as Java does. */
@Configuration(proxyBeanMethods = false)
class TextsConfiguration {

    @Bean
    ComponentCustomizer textsOfTheFolder(TextTemplates templates) {
        return ComponentCustomizer.builder(FreemarkerComponent.class).build(component -> {
            component.setConfiguration(templates.configuration());
            component.setAllowTemplateFromHeader(false);
            component.setAllowContextMapAll(false);
            component.setLocalizedLookup(false);
        });
    }
}
