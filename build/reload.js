// Reloads the page when the site was built again. Only served by build serve --watch.
{
  let first;
  new EventSource("reload-events").onmessage = ({ data }) => {
    first ??= data;
    if (data !== first) location.reload();
  };
}
