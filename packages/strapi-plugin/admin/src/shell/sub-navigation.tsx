import { Box, Flex, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';
import { useWords } from '../words/use-words.ts';
import type { PluginPage } from './plugin-pages.ts';

/** Links to the pages of the plugin, in a row above them: Strapi's own side navigation is not there on a narrow screen. */
export function SubNavigation({ pages }: { readonly pages: readonly PluginPage[] }) {
  const words = useWords();
  if (pages.length < 2) return null;
  return (
    <Box tag="nav" aria-label={words('shell.navigation')} background="neutral0" borderColor="neutral150">
      <Flex tag="ul" gap={2} wrap="wrap" paddingLeft={{ initial: 4, medium: 6 }} paddingRight={4}>
        {pages.map(({ path, label }) => (
          <li key={path}>
            <PageLink to={path}>
              <Typography variant="omega" fontWeight="semiBold" textColor="inherit">
                {words(label)}
              </Typography>
            </PageLink>
          </li>
        ))}
      </Flex>
    </Box>
  );
}

const PageLink = styled(NavLink)`
  display: block;
  padding: ${({ theme }) => `${theme.spaces[3]} ${theme.spaces[2]}`};
  color: ${({ theme }) => theme.colors.neutral800};
  text-decoration: none;
  border-bottom: 2px solid transparent;

  &.active {
    color: ${({ theme }) => theme.colors.primary700};
    border-bottom-color: ${({ theme }) => theme.colors.primary700};
  }
`;
