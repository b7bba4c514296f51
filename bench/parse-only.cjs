/** The cheapest jscodeshift transform that looks at the code at all. */
module.exports = ({ source }, { jscodeshift }) => {
  jscodeshift(source);
};
