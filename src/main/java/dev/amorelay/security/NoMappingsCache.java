package dev.amorelay.security;

import jakarta.servlet.Filter;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.HandlerMappingIntrospector;

/**
 * Spring Security has all of MVC's mappings looked through before each request, for matchers that ask them. Nothing here
 * does: addresses are matched as they are written in {@link Doors}.
 */
@Configuration(proxyBeanMethods = false)
class NoMappingsCache {

    @Bean
    static BeanPostProcessor mappingsAreNotAsked(ApplicationContext context) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean.getClass() != HandlerMappingIntrospector.class) {
                    return bean;
                }
                Unasked unasked = new Unasked();
                unasked.setApplicationContext(context);
                return unasked;
            }
        };
    }

    private static final class Unasked extends HandlerMappingIntrospector {

        @Override
        public Filter createCacheFilter() {
            return (request, response, chain) -> chain.doFilter(request, response);
        }
    }
}
