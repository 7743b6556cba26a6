"""French words that say nothing of a subject, however seldom briefs use them.

With a handful of bookings, how rare a word is among briefs tells little: this list does instead.
"""

_WRITTEN = """
a à afin ai aie aient ailleurs ainsi ait alors an année années ans après as assez au aucun aucune
aujourd auprès auquel aura aurait auront aussi aussitôt autant autour autre autrement autres aux
auxquelles auxquels avaient avait avant avec avez avoir avons ayant beaucoup bien bientôt bon bonne
bonnes bons but car cas ce ceci cela celle celles celui cent cependant certain certaine certaines
certains ces cet cette ceux chacun chacune chaque chez chose choses ci cinq combien comme comment
contre côté cours crée créé créée dans davantage de debout déjà demain demi depuis derrière des dès
désormais dessous dessus deux deuxième devait devant devient devoir dire dit dite dix doit doivent
donc donné donne donner donnent dont du durant dû elle elles en encore endroit enfin ensemble
ensuite entre entier entière entiers environ es est et étaient était étant état êtes être eu eurent
eut eux exemple façon façons faire fait faite faites faits fallait faut fera fin fois font fort fut
furent grand grande grandes grands grâce guère heure heures hier hors hui huit ici il ils isolé
jadis jamais jour jours jusque la là laisse laisser laquelle le lequel les lesquelles lesquels leur
leurs lieu lieux loin long longtemps longue longues longs lors lorsque lui ma maintenant mais mal
malgré manière me meilleur meilleure meilleures meilleurs même mêmes mes met mettre mieux mille
mis mise moi moins mois moitié moment mon monde néanmoins ne ni nom nombre nombreuses nombreux
non nos notre nôtre nous nouveau nouveaux nouvel nouvelle nouvelles nul on ont ou où oui outre par
parce parfois parmi part partie parties partir partout pas passe passé passer peine pendant permet
permettent permettre personne petit petite petites petits peu peut peuvent plupart plus plusieurs
plutôt point possible pour pourquoi pourrait pourtant pouvait pouvoir premier premiers première
premières prend prendre près presque pris propre propres puis puisque quand quant quarante quatre
que quel quelle quelles quelque quelques quelqu quels qui quinze quoi quoique quotidien reste rien
sa sans sauf se second seconde selon semaine semble sept sera seraient serait seront ses seul seule
seulement seules seuls si sien six soi soient soin sois soit soixante sommes son sont sorte sortes
souvent suis suivant suite sur surtout ta tandis tant tard te tel telle telles tels temps tes toi
ton tôt toujours tous tout toute toutefois toutes très trente trois trop trouve trouver tu un une
unes uns va vais vaut venir venu vers veut vient vingt voici voilà voir vos votre vôtre vous vrai
vraie vraiment vue y zéro
annonceur fictif fictive démonstration partenaire publicité
"""
"""The last line: what bookings say of themselves."""

GENERAL = frozenset(_WRITTEN.split())
